from __future__ import annotations

import pytest

from detente.model import Document, Story
from detente.text import read_story

PROSE = (
    "The two ministers met in Vienna on Friday and agreed to reopen the consulates that were "
    "closed four years ago, officials of both countries said."
)


def kinds_of(story: Story, line: str) -> set[str]:
    at = story.text.index(line)
    return {r.kind for r in story.removed if r.start < at + len(line) and at < r.end}


REMOVED = [
    ("related_link", "See also  Envoys quarrel over fish in the northern sea"),
    ("related_link", "See also: Why did the talks fail?"),
    ("related_link", "Read more: Envoys quarrel over fish"),
    ("related_link", "RELATED: Envoys quarrel over fish"),
    ("related_link", "ALSO READ | Envoys quarrel over fish"),
    ("related_link", "(Read also: Envoys quarrel over fish)"),
    ("related_link", "Don't miss: the week in pictures"),
    ("related_link", "Related Articles"),
    ("comment_form", "Leave a Reply"),
    ("comment_form", "Your email address will not be published. Required fields are marked *"),
    ("comment_form", "Log in to comment"),
    ("comment_form", "12 Comments"),
    ("credits", "Reporting by Jane Doe; Editing by Tom Ek"),
    ("credits", "(Reporting by Jane Doe in Rome and Li Wei in Bonn; editing by Tom Ek)"),
    ("credits", "(Covering by Jane Doe). Additional reporting by Tom Ek in Rome"),
    ("credits", "Preparation by Jane Doe; Editorial by Tom Ek"),
    ("credits", "Associated Press writer Jane Doe in Rome contributed to this report."),
    ("trust_principles", "Our Standards: The Thomson Reuters Trust Principles."),
    ("trust_principles", "(This story has not been edited by our staff and is published from a "
     "syndicated feed.)"),
    ("navigation", "Subscribe to our newsletter"),
    ("navigation", "Advertisement"),
    ("navigation", "Share this article"),
    ("navigation", "We use cookies to give you the best experience on our site."),
    ("navigation", "Tags: Vienna, consulates, talks"),
    ("navigation", "© 2021 The Nile Monitor. All rights reserved."),
    ("caption", "The ministers in Vienna. Ana Reis/AFP via Getty Images"),
    ("caption", "FILE PHOTO: The ministers shake hands in Rome, May 3, 2020. REUTERS/Jo Kim"),
    ("author_bio", "Jane Doe is a senior correspondent based in Rome. She has covered the Balkans "
     "since 2004 and previously worked for a radio station. She holds a BA in history."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "line"), REMOVED)
def test_removed_at_the_end(kind: str, line: str) -> None:
    text = "\n\n".join(["Ministers meet", *[PROSE] * 6, line])
    story = read_story(Document(text=text))
    assert kinds_of(story, line) == {kind}
    assert len(story.sentences) == 7


@pytest.mark.parametrize(
    ("kind", "line"),
    [row for row in REMOVED if row[0] in ("related_link", "navigation", "caption")],
)
def test_removed_in_the_middle_and_the_story_goes_on(kind: str, line: str) -> None:
    text = "\n\n".join(["Ministers meet", PROSE, PROSE, line, PROSE, PROSE])
    story = read_story(Document(text=text))
    assert kinds_of(story, line) == {kind}
    assert len(story.sentences) == 5


KEPT = [
    "See also the annex to the treaty, which lists the islands.",
    "See also how the border was drawn in 1911, she said.",
    "Reporting by Amnesty International shows that abuses rose.",
    "Related issues remain unresolved, diplomats said.",
    "Read more books, the president told students in Lima.",
    "Sign up for the mission has been slow, officers said.",
    "Don't miss the point, he warned.",
    "Writing by hand, the envoy drafted the accord in a night.",
    "Editing by the censors removed two lines, the paper said.",
    "Subscribe to the treaty, Moscow urged its neighbours on Friday.",
    "More from the region came when the ministers of trade met.",
    "Comments by the envoy angered Ankara.",
    "Share prices in Tokyo fell after the talks.",
    "Getty Images sued the ministry in London.",
    "Jane Doe is a reporter for a newspaper in Kyiv who was detained in Minsk on Monday.",
    "Her father is a correspondent based in Cairo and has covered three wars, she told the court.",
    "Video of the strike was posted by the army.",
    "Topics included trade, fish and the status of the islands.",
    "Copyright law was on the agenda too.",
    "Home Minister Asif Khan left Dhaka on Friday.",
    "Photographs of the bridge were shown to the council.",
    "Written by two former ministers, the plan calls for a joint council.",
    "Tags on the shells showed that they were made in Iran.",
    "Reporting from the front is banned.",
    "“Sign up for our newsletter,” read the leaflet that the rebels threw.",
    "The storm, he said, contributed to this report of losses at sea.",
]


@pytest.mark.parametrize("line", KEPT)
@pytest.mark.parametrize("place", [0, 1, 3, 6])
def test_a_line_of_the_story_stays(line: str, place: int) -> None:
    lines = [PROSE] * 6
    lines.insert(place, line)
    story = read_story(Document(text="\n\n".join(lines)))
    assert kinds_of(story, line) == set()
    assert read_story(Document(text=line)).removed == ()


def test_a_link_inside_a_paragraph_is_taken_out_of_it() -> None:
    text = f"{PROSE} (Read also: Floods kill dozens) It has asked for an accord.\n\n{PROSE}"
    story = read_story(Document(text=text))
    assert [s.text for s in story.sentences] == [PROSE, "It has asked for an accord.", PROSE]


def test_what_is_left_between_the_credits_and_the_end_is_not_the_story() -> None:
    lines = ["Ministers meet", PROSE, PROSE, "(Reporting by Jane Doe)", "Glass rivers", "Reuters"]
    story = read_story(Document(text="\n\n".join(lines)))
    assert kinds_of(story, "Glass rivers") == {"navigation"}
    assert kinds_of(story, "\n\nReuters") == {"navigation"}


def test_prose_after_the_credits_is_story_again() -> None:
    lines = [PROSE, "(Reporting by Jane Doe)", "Rome waits", PROSE, "He left for Rome on Monday."]
    story = read_story(Document(text="\n\n".join(lines)))
    assert kinds_of(story, "Rome waits") == set()
    assert kinds_of(story, "He left for Rome on Monday.") == set()


def test_credits_at_the_top_do_not_cost_a_story_of_short_sentences() -> None:
    text = "Talks end\n\nReporting by Jane Doe\n\nThe talks ended.\n\nThe envoy left for Rome."
    story = read_story(Document(text=text))
    assert [s.text for s in story.sentences][1:] == ["The talks ended.", "The envoy left for Rome."]


def test_comments_of_readers_are_not_the_story() -> None:
    text = "\n\n".join(
        [PROSE, PROSE, "3 Comments", "Tesfaye says:", PROSE.replace("Vienna", "Asmara")]
    )
    story = read_story(Document(text=text))
    assert kinds_of(story, "Asmara") == {"comment_form"}


def test_a_menu_at_the_top_is_not_the_story() -> None:
    text = (
        "Asia\nAfrica\nOceania\nThe Arctic\nLetters\n\nMinisters meet in Vienna at last\n\n" + PROSE
    )
    story = read_story(Document(text=text))
    assert [s.text for s in story.sentences] == ["Ministers meet in Vienna at last", PROSE]
