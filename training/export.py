"""Writes the trained network as ONNX whose weights are int8, with its vocabulary and labels.

Only the weights are int8; the sums are done in float. So the answer for a sentence does not hang on
which others are asked in the same batch, as it does when activations are quantised too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.net import RelationNet

SHIPPED = Path(__file__).parents[1] / "src" / "detente" / "knowledge" / "relation_model"
# Weights smaller than this stay as they are: biases and norms are few and matter.
SMALLEST = 4096


def export(
    net: RelationNet, vocabulary: Sequence[str], types: Sequence[str], modes: Sequence[str]
) -> int:
    """Write the model's files; returns the size of the ONNX file in bytes."""
    SHIPPED.mkdir(parents=True, exist_ok=True)
    SHIPPED.joinpath("vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    SHIPPED.joinpath("labels.yaml").write_text(_labels(types, modes), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        _to_onnx(net, path)
        model = onnx.load(path)
    _quantise(model)
    target = SHIPPED / "relation.onnx"
    onnx.save(model, target)
    return target.stat().st_size


def _to_onnx(net: RelationNet, path: Path) -> None:
    ids = torch.tensor([[101, 1, 2003, 2, 3, 2003, 4, 102]] * 2)
    at = torch.tensor([1, 1])
    torch.onnx.export(
        net,
        (ids, torch.ones_like(ids), at, at + 3),
        str(path),
        input_names=["ids", "mask", "source_at", "target_at"],
        output_names=["types", "modes"],
        dynamic_axes={
            "ids": {0: "batch", 1: "length"},
            "mask": {0: "batch", 1: "length"},
            "source_at": {0: "batch"},
            "target_at": {0: "batch"},
            "types": {0: "batch"},
            "modes": {0: "batch"},
        },
        opset_version=17,
        dynamo=False,
    )


def _quantise(model: onnx.ModelProto) -> None:
    """Replace each large float weight by int8 with a scale for each output column."""
    graph = model.graph
    kept, added, nodes = [], [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < SMALLEST or values.ndim != 2:
            kept.append(tensor)
            continue
        is_table = "embeddings" in tensor.name
        axis = 0 if is_table else 1
        largest = np.abs(values).max(axis=1 - axis)
        scale = np.where(largest > 0, largest / 127, 1.0).astype(np.float32)
        shape = (-1, 1) if axis == 0 else (1, -1)
        whole = np.clip(np.round(values / scale.reshape(shape)), -127, 127).astype(np.int8)
        name = tensor.name
        added += [
            numpy_helper.from_array(whole, f"{name}.int8"),
            numpy_helper.from_array(scale, f"{name}.scale"),
            numpy_helper.from_array(np.zeros(len(scale), dtype=np.int8), f"{name}.zero"),
        ]
        inputs = [f"{name}.int8", f"{name}.scale", f"{name}.zero"]
        nodes.append(helper.make_node("DequantizeLinear", inputs, [name], axis=axis))
    del graph.initializer[:]
    graph.initializer.extend(kept + added)
    for node in reversed(nodes):
        graph.node.insert(0, node)


def _labels(types: Sequence[str], modes: Sequence[str]) -> str:
    head = "# The outputs of relation.onnx, in order; written by training/export.py.\n"
    return head + "".join(
        f"{key}:\n" + "".join(f"  - {name}\n" for name in names)
        for key, names in (("types", types), ("modes", modes))
    )
