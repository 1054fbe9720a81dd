"""Trains an LSTM on one thread, a step for each line that the parent process writes: see pytorch.ts."""

import json
import sys

import torch

torch.set_num_threads(1)
print(torch.__version__, flush=True)

words = sys.stdin.buffer
size = json.loads(words.readline())


def floats(*shape):
    count = torch.Size(shape).numel()
    return torch.frombuffer(bytearray(words.read(4 * count)), dtype=torch.float32).reshape(shape)


x = floats(size["batch"], size["steps"], size["inputs"])
target = floats(size["batch"], size["steps"], size["hidden"])
net = torch.nn.LSTM(size["inputs"], size["hidden"], batch_first=True)
with torch.no_grad():
    for weight in net.parameters():  # weight_ih, weight_hh, bias_ih, bias_hh
        weight.copy_(floats(*weight.shape))
adam = torch.optim.Adam(net.parameters(), lr=size["learningRate"])

for _ in words:
    adam.zero_grad()
    loss = torch.nn.functional.mse_loss(net(x)[0], target)
    loss.backward()
    adam.step()
    print(loss.item(), flush=True)
