"""Trains a net, a step for each line that the parent process writes: see pytorch.ts. What it writes first is its version."""

import json
import sys

import torch
from torch.nn import Conv1d, GRU, Linear, LSTM, ModuleList
from torch.nn.functional import max_pool1d, mse_loss

print(torch.__version__, flush=True)

words = sys.stdin.buffer
task = json.loads(words.readline())
sizes = task["sizes"]


def floats(shape):
    count = torch.Size(shape).numel()
    return torch.frombuffer(bytearray(words.read(4 * count)), dtype=torch.float32).reshape(shape)


def channels_first(t):
    return t.transpose(1, 2).contiguous()


def recurrent(kind):
    net = kind(sizes["inputs"], sizes["hidden"], batch_first=True)
    return net, lambda x: net(x)[0]


def convolution():
    global x, target
    x, target = channels_first(x), channels_first(target)  # as PyTorch has it, before the clock starts
    net = Conv1d(sizes["inputs"], sizes["filters"], sizes["width"])
    return net, net


def hybrid():
    global x
    x = channels_first(x)
    hidden, windows = sizes["hidden"], (x.shape[2] - sizes["width"] + 1) // sizes["pool"]
    conv = Conv1d(sizes["inputs"], sizes["filters"], sizes["width"])
    lstm = LSTM(sizes["filters"], hidden, batch_first=True, bidirectional=True)
    dense = Linear(windows * 2 * hidden, target.shape[1])

    def forward(x):
        pooled = max_pool1d(torch.relu(conv(x)), sizes["pool"])
        return dense(lstm(pooled.transpose(1, 2))[0].flatten(1))

    return ModuleList([conv, lstm, dense]), forward


models = {"lstm": lambda: recurrent(LSTM), "gru": lambda: recurrent(GRU), "conv1d": convolution, "hybrid": hybrid}

x, target = floats(task["x"]), floats(task["target"])
net, forward = models[task["model"]]()
with torch.no_grad():
    for weight in net.parameters():
        weight.copy_(floats(weight.shape))
adam = torch.optim.Adam(net.parameters(), lr=task["learningRate"])

for _ in words:
    adam.zero_grad()
    loss = mse_loss(forward(x), target)
    loss.backward()
    adam.step()
    print(loss.item(), flush=True)
