"""A notice as county offices write them: six branch offices of 33 units, their seats, duties and rules. All invented."""

from __future__ import annotations

OFFICES = {
    "依法行政": "县监察局、县政府办公室、县财政局、县人事局、县编办、县审计局、县政府法制办",
    "公正司法": "县人民法院、县检察院、县委政法委、县公安局、县司法局、县武警中队",
    "法制宣传教育": "县人大法工委、县委宣传部、县级机关工委、县经贸局、县教育局、县公安局、县司法局、县人事局",
    "依法经营": "县经贸局、县司法局、县人事局、县劳动局、县环保局、县国资办、县总工会、县地税局、县工商局、县质监局",
    "基层民主法治": "县委组织部、县民政局、县司法局、县农业局、县妇联、团县委、县信访局",
    "法律服务": "县司法局、县财政局、县劳动局、县建设局、县教育局、县文广局",
}
HOSTS = ("县政府法制办", "县人民法院", "县司法局", "县经贸局", "县民政局", "县司法局")
NUMBERS = "一二三四五六"
UNITS = len({unit for units in OFFICES.values() for unit in units.split("、")})
MEMBERSHIPS = sum(len(units.split("、")) for units in OFFICES.values())

_OFFICE = (
    "({number})澜溪县{name}协调指导办公室\n"
    "澜溪县{name}协调指导办公室由{units}等部门组成。办公室设在{host},{host}主要负责同志担任办公室主任,"
    "各成员单位分管负责同志为成员。\n"
    "主要职责:研究制定{name}工作规划和年度计划;组织、协调、检查本领域工作;办理县依法治县领导小组交办的其他事项。\n"
)
_RULES = """二、工作制度
(一)会议制度
1.联席会议
(1)每半年召开一次协调指导办公室联席会议,根据工作需要可临时召开。会议由县依法治县领导小组办公室主任召集并主持。
2.分支机构会议
(1)各协调指导办公室成员单位会议每年不少于一次。会议由各协调指导办公室牵头单位召集。
(二)报告制度
各协调指导办公室应定期向县依法治县领导小组办公室书面报送下列事项:
1.年度工作计划和工作总结(11月15日前)
2.半年度工作进展情况(6月10日前)
"""
TEXT = (
    "关于调整法治澜溪协调指导分支机构的通知\n县委各部委、县各委办局:\n"
    "为进一步规范分支机构的运作,现调整分支机构及其工作制度。具体如下:\n一、分支机构组成及主要职责\n"
    + "".join(
        _OFFICE.format(number=number, name=name, units=units, host=host)
        for number, (name, units), host in zip(NUMBERS, OFFICES.items(), HOSTS, strict=True)
    )
    + _RULES
    + "澜溪县依法治县领导小组办公室\n二O二六年一月十五日\n"
)
