"""What the reader did not understand is quoted, never dropped; what it read is not quoted again."""

import pytest

from models.documents.extract import extract
from tests.models.documents import texts


def test_scraps_of_members_and_duties_without_a_rhythm_are_quoted() -> None:
    found = extract(texts.POSTS)
    assert [skipped.span.of(texts.POSTS) for skipped in found.unread] == [
        "有关企业代表",
        "联席会议应当定期研究重大案件。",
    ]
    assert all(skipped.review and not skipped.per for skipped in found.unread)
    assert found.unread[1].who == "联席会议"


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("成员：县财政局、县审计局、各界人士、县司法局", ["各界人士"]),
        ("召集人：县长", ["县长"]),
        ("成员：县财政局、县审计局主要负责人、两名律师", ["两名律师"]),
        ("召集人：县司法局局长", []),
        ("副召集人：由县财政局分管负责人担任", []),
        ("成员单位：县财政局、县审计局、两名律师", ["两名律师"]),
        ("县司法局每年组织一次培训，并定期开展检查。", ["县司法局每年组织一次培训，并定期开展检查。"]),
        ("县司法局每年组织一次培训。", []),
        ("去年以来，县司法局定期组织培训。", []),
        ("重大事项根据需要临时召开会议研究。", []),
        ("林晓同志不再担任召集人职务。", ["林晓同志不再担任召集人职务。"]),
        ("联席会议在会议结束后十日内通报情况。", ["联席会议在会议结束后十日内通报情况。"]),
    ],
)
def test_what_is_quoted(line: str, unread: list[str]) -> None:
    text = f"关于成立澜溪县执法监督联席会议的通知\n{line}\n"
    assert [skipped.span.of(text) for skipped in extract(text).unread] == unread
