"""The texts that rules cite: where each was opened and read, on which day and how much of it; or that it was not.

A rule, or a profile, cites a text by its usual name in `source`; what is told here of that text follows from the name,
so that a profile of a reader's own that cites the same section tells the same.  Public copies were read, which are not
always the newest: `extent` says what of a text stood there, and in which version.
"""

import re
from datetime import date
from typing import Literal

from attrs import frozen

How = Literal["read", "reported", "not-verified"]
"""Whether the text itself was read, or what another says of it, or neither."""

DAY = date(2026, 11, 29)
"""The day on which every text here was looked for."""


@frozen(kw_only=True)
class Text:
    """A statute, a rule or a decision.

    Attributes:
        name: its usual name.
        cited: how a source cites it, as a pattern.
        address: where it was read; of one that was not, where it stands.
        how: whether it was opened and read; a quotation word for word counts, what another says of it does not.
        extent: how much of it was read, or in which version; empty where all that is cited was.
        day: when it was read, or looked for in vain.
    """

    name: str
    cited: re.Pattern[str]
    address: str
    how: How
    extent: str = ""
    day: date = DAY

    @property
    def told(self) -> str:
        """Whether it was read, where and on which day, in words."""
        words = {"read": "read", "reported": "not read itself, but a report of it", "not-verified": "not verified"}
        said = f"{words[self.how]}, {self.day}, {self.address}"
        return f"{self.name}: {said}" + (f" ({self.extent})" if self.extent else "")


def texts_of(source: str) -> tuple[Text, ...]:
    """The texts that a source cites, in the order in which it cites them; what is no law, such as bylaws, is none."""
    found = ((text.cited.search(source), text) for text in TEXTS)
    return tuple(
        text for _, text in sorted(((hit.start(), text) for hit, text in found if hit), key=lambda one: one[0])
    )


def _text(how: How, name: str, cited: str, address: str, extent: str) -> Text:
    return Text(name=name, cited=re.compile(cited), address=address, how=how, extent=extent)


def _read(name: str, cited: str, address: str, extent: str = "") -> Text:
    return _text("read", name, cited, address, extent)


def _reported(name: str, cited: str, address: str, extent: str) -> Text:
    return _text("reported", name, cited, address, extent)


def _unread(name: str, cited: str, address: str, extent: str = "") -> Text:
    return _text("not-verified", name, cited, address, extent)


def _letter(letter: str) -> str:
    """How 8 Del. C. § 141 is cited by one of its letters, alone or among others: `§ 141(b), (f) and (j)`."""
    return rf"§ 141(?:\([a-z]\)(?:\(\d\))?(?: and \(\d\))?(?:, | and ))*\({letter}\)"


_DELAWARE_CODE = "https://delcode.delaware.gov/title8/c001"
_DELAWARE_GUIDE = "http://delawaresecretaryofstate.com/delaware-corporation-board-directors/"
DELAWARE: tuple[Text, ...] = (
    _reported(
        "8 Del. C. § 102(a)(4)",
        r"102\(a\)\(4\)",
        "http://bryancavecharitylaw.com/delaware-revised-statutes-part-ii/",
        "as a law firm tells it on 6 September 2010: where neither charter nor bylaws provide for members, those who "
        "vote for directors are deemed the members",
    ),
    _reported(
        "8 Del. C. § 114",
        r"(?<!\d)114(?!\d)",
        "http://mondaq.com/unitedstates/x/148560/Recent+Changes+in+Delaware+Law+Governing+NotforProfit+Corporations",
        "as a law firm tells it: since August 2010 what the law says of stockholders is said of members",
    ),
    _read(
        "8 Del. C. § 141(b)",
        _letter("b"),
        _DELAWARE_GUIDE,
        "to the sentence by which a majority of the total number is a quorum",
    ),
    _unread(
        "8 Del. C. § 141(b), its sentences on the least quorum and on the act of the board",
        r"less than a third|vote of (?:the majority of )?(?:the )?directors",
        f"{_DELAWARE_CODE}/sc04/index.html",
    ),
    _unread("8 Del. C. § 141(c)", _letter("c"), f"{_DELAWARE_CODE}/sc04/index.html"),
    _unread(
        "8 Del. C. § 141(d)",
        _letter("d"),
        f"{_DELAWARE_CODE}/sc04/index.html",
        "its sentence on three classes was read in a brief of In re VAALCO; that on more votes than one was not",
    ),
    _read(
        "8 Del. C. § 141(f)",
        _letter("f"),
        "http://casetext.com/case/solstice-capital-ii-ltd-pship-v-ritz",
        "as the Court of Chancery quotes it on 6 April 2004",
    ),
    _unread("8 Del. C. § 141(j)", _letter("j"), f"{_DELAWARE_CODE}/sc04/index.html"),
    _read(
        "8 Del. C. § 141(k)",
        _letter("k"),
        "https://casebriefsco.com/casebrief/in-re-vaalco-energy-shareholder-litigation-ca-no",
        "as a brief of In re VAALCO quotes it: removal by a majority of the shares, and the two exceptions; not how "
        "many votes the second asks for",
    ),
    _unread("8 Del. C. § 142(a)", r"§ 142", f"{_DELAWARE_CODE}/sc04/index.html"),
    _unread("8 Del. C. § 144", r"§ 144", f"{_DELAWARE_CODE}/sc04/index.html"),
    _reported(
        "8 Del. C. § 223(a)",
        r"§ 223",
        "https://law.com/delbizcourt/almID/1202622785936",
        "as a law firm tells it, on Canmore Consultants v. L.O.M. Medical International (Del. Ch. Sept. 19, 2013): the "
        "directors fill vacancies, unless the certificate or the bylaws provide otherwise; not by which majority, nor "
        "what holds where none are in office",
    ),
    _unread("8 Del. C. § 225(c)", r"§ 225", f"{_DELAWARE_CODE}/sc07/index.html"),
    _read(
        "8 Del. C. § 229",
        r"§ 229",
        "https://books.google.com.co/books?id=kL5AAAAAIAAJ",
        "as the act that put it into the code has it; not in its present wording",
    ),
    _reported(
        "Kurz v. Holbrook, 989 A.2d 140 (Del. Ch. 2010)",
        r"Kurz v\. Holbrook",
        "http://jimhamiltonblog.blogspot.com/2010/02/delaware-corporate-law-does-not-permit.html",
        "a report of it; of the opinion itself only the beginning, at case-law.vlex.com",
    ),
    _reported(
        "Schroder v. Scotten, Dillon Co., 299 A.2d 431 (Del. Ch. 1972)",
        r"Schroder v\. Scotten",
        "http://ecases.us/case/p2322563/schroder-v-scotten-dillon-company",
        "its beginning; that acts of a special meeting are void without notice to each director, in a brief of Fogel "
        "v. U.S. Energy Systems (Del. Ch. Dec. 13, 2007) at www.lexisnexis.com",
    ),
    _reported(
        "Klaassen v. Allegro Development Corp., 106 A.3d 1035 (Del. 2014)",
        r"Klaassen v\. Allegro",
        "http://www.delawarelitigation.com/2014/03/articles/delaware-supreme-court-updates/"
        "supreme-court-affirms-ouster-of-ceo-based-on-acquiescence/",
        "a report of it, with its footnote 57; of the opinion itself the beginning",
    ),
    _read(
        "Solstice Capital II, L.P. v. Ritz (Del. Ch. Apr. 6, 2004)",
        r"Solstice Capital",
        "http://casetext.com/case/solstice-capital-ii-ltd-pship-v-ritz",
    ),
    _reported(
        "Applied Energetics, Inc. v. Farley, 239 A.3d 409 (Del. Ch. 2020)",
        r"Applied Energetics",
        "https://www.lexplug.com/casebrief/applied_energetics_inc_v_farley_69063326cf91238743cd1623",
        "a brief, and the summary that another decision gives of it; of the opinion the beginning",
    ),
    _reported(
        "In re VAALCO Energy, Inc. S'holder Litig. (Del. Ch. Dec. 21, 2015)",
        r"VAALCO",
        "https://djcl.org/section-141k-mandatory-prohibition-of-for-cause-removal-of-a-declassified-board/",
        "a report of the ruling from the bench; the transcript was not read",
    ),
)


_BRITAIN_ACT = "https://www.legislation.gov.uk/ukpga/2006/46/section"
_BRITAIN_ARTICLES = "https://www.legislation.gov.uk/uksi/2008/3229"
BRITAIN: tuple[Text, ...] = (
    _reported(
        "Companies Act 2006, s 154",
        r"s 154",
        "http://www.companylawclub.co.uk/topics/number_of_directors.shtml",
        "as a guide tells it",
    ),
    _reported(
        "Companies Act 2006, s 155",
        r"s 155",
        "http://legislation.gov.uk/ukpga/2015/26/notes/division/5/7/4",
        "as the notes on the Act that is to replace it describe it",
    ),
    _reported(
        "Companies Act 2006, s 157",
        r"s 157",
        "http://www.domainscape.co.uk/companiesfaq/faq_2.php",
        "as a guide tells it",
    ),
    _unread(
        "Companies Act 2006, s 167, until 17 November 2025",
        r"s 167",
        f"{_BRITAIN_ACT}/167",
        "left out by the Economic Crime and Corporate Transparency Act 2023, Schedule 2, paragraph 2, which was read",
    ),
    _read(
        "Companies Act 2006, s 167G",
        r"s 167G",
        "https://legislation.gov.uk/cy/ukpga/2023/56/schedule/2/part/1/2024-03-04?view=extent",
        "subsections (1) to (3); that it is in force since 18 November 2025, and the 14 days, at gowlingwlg.com, "
        "Understanding ECCTA: abolition of local statutory registers",
    ),
    _read(
        "Companies Act 2006, s 168",
        r"s 168",
        "https://www.companylawclub.co.uk/removal-of-a-director-from-office",
        "subsections (1), (2) and (5), as quoted there",
    ),
    _unread("Companies Act 2006, s 175", r"ss? 175", f"{_BRITAIN_ACT}/175"),
    _read(
        "Companies Act 2006, s 177",
        r"ss? (?:175 and )?177",
        "http://legislation.gov.uk/id/ukpga/2006/46/section/177/4",
        "the beginning of subsection (1), as of 25 November 2024; subsections (1) to (5) as quoted at pdfedu.com",
    ),
    _unread("Companies Act 2006, s 248", r"s 248", f"{_BRITAIN_ACT}/248"),
    _read(
        "model articles for private companies limited by shares (SI 2008/3229, Sch 1), arts 7 and 11",
        r"Sch 1\), arts? (?:7|11)|Schedule 1, articles? (?:7|11)",
        "https://gateleyplc.com/insight/article/quorum-provision-in-articles-prevented-sole-director-from-acting",
        "article 7 as quoted there; article 11(2) and (3) as told at rpclegal.com and acuitylaw.com",
    ),
    _reported(
        "model articles for private companies limited by shares (SI 2008/3229, Sch 1), art 14",
        r"Sch 1\), art 14|Schedule 1, article 14",
        "https://aiolawyers.com/6291-2/aiolegalservices",
        "as a law firm tells it: an interested director is not counted as participating, unless an ordinary resolution "
        "or the article itself lets them",
    ),
    _unread(
        "model articles for private companies limited by shares (SI 2008/3229, Sch 1), other articles",
        r"Sch 1\), arts? (?:8|12|13)|Sch 1\), arts 7 and 8|Schedule 1, articles? (?:8|13|7 and 8)|Sch 1\) fix",
        f"{_BRITAIN_ARTICLES}/schedule/1/made",
        "their headings were read",
    ),
    _unread(
        "model articles for public companies (SI 2008/3229, Sch 3)",
        r"Sch 3\)",
        f"{_BRITAIN_ARTICLES}/schedule/3/made",
        "their headings were read",
    ),
    _reported(
        "Re Active Wear Ltd [2022] EWHC 2340 (Ch)",
        r"Active Wear",
        "https://zoomlaw.co.uk/2022EWHC2340Ch.html",
        "a summary; of the judgment its beginning, at caselaw.nationalarchives.gov.uk",
    ),
    _reported(
        "Re KRF Services (UK) Ltd [2024] EWHC 2978 (Ch)",
        r"KRF Services",
        "https://candey.com/case-comment-re-krf-services-uk-ltd",
        "a comment by counsel for the applicants; not the judgment",
    ),
    _reported(
        "Hashmi v Lorimer-Wing (Re Fore Fitness) [2022] EWHC 191 (Ch)",
        r"Lorimer-Wing",
        "https://bpe.co.uk/news-and-events/model-articles-and-sole-directors-what-the-judgement-of-re-krf-services-means-for-businesses",
        "as reported there; of the judgment its beginning, at vlex.co.uk",
    ),
)


_FRANCE_DOCTRINE = "https://www.doctrine.fr/l/texts/codes/LEGITEXT000005634379/articles"
_FRANCE_SECTION = (
    "https://circulaire.legifrance.gouv.fr/codes/section_lc/LEGITEXT000005634379/LEGISCTA000006178759/2017-07-22/"
)
FRANCE: tuple[Text, ...] = (
    _read("Code de commerce, art. L225-17", r"L225-17", _FRANCE_SECTION, "in force on 22 July 2017"),
    _read("Code de commerce, art. L225-18", r"L225-18(?!-)", _FRANCE_SECTION, "in force on 22 July 2017"),
    _reported(
        "Code de commerce, art. L225-19",
        r"L225-19",
        "https://ifa-asso.illisite.info/mediatheques/qui-fixe-la-limite-dage-des-administrateurs/",
        "as the Institut français des administrateurs tells it: where the statutes say nothing, no more than a third "
        "of the directors in office are beyond the age of seventy, and an appointment against that is void",
    ),
    _read(
        "Code de commerce, art. L225-22",
        r"L225-22",
        "https://www.lexbase.fr/texte-de-loi/code-de-commercel22522/L8914M8N.html",
        "as amended in 2025",
    ),
    _read(
        "Code de commerce, art. L225-24",
        r"L225-24",
        f"{_FRANCE_DOCTRINE}/LEGIARTI000006223640?version=LEGIARTI000006223641",
        "in force from 16 May 2001; there is a version of 1 January 2017 that was not read",
    ),
    _read(
        "Code de commerce, art. L225-37",
        r"L225-37",
        f"{_FRANCE_DOCTRINE}/LEGIARTI000006223869?version=LEGIARTI000038799425",
        "in force from 21 July 2019",
    ),
    _read("Code de commerce, art. L225-47", r"L225-47", "https://legal.tricoteuses.fr/articles/LEGIARTI000033614191"),
)


ELSEWHERE: tuple[Text, ...] = (
    _read(
        "NYSE Listed Company Manual 303A.00",
        r"303A\.00",
        "https://it.scribd.com/document/152760058/NYSE-301-310",
        "its introduction, effective through 30 June 2013: controlled companies",
    ),
    _unread(
        "NYSE Listed Company Manual 303A.01 and 303A.02",
        r"303A\.0[12]",
        "https://nyse.wolterskluwer.cloud/listed-company-manual",
        "of the final rules of 2003 and 2004 the beginning was read, at casetext.com, 69 Fed. Reg. 54328",
    ),
    _reported(
        "NYSE Listed Company Manual 303A.06 and 303A.07",
        r"303A\.0[67]",
        "https://legalclarity.org/nyse-audit-committee-requirements-for-listed-companies",
        "as a guide tells it: three directors at least, each of them independent",
    ),
    _reported(
        "Nasdaq Listing Rule 5605",
        r"Nasdaq Rule 5605",
        "https://listingcenter.nasdaq.com/Material_Search.aspx?materials=94",
        "the exchange's answers 93 and 94 of 31 July 2012 on 5605(c)(4); of 5605(b)(1) the forerunner 4350(c)(1), in "
        "the Federal Register of 14 June 2006; a change of the times to cure was proposed on 8 May 2024, 89 Fed. Reg. "
        "46528, and what became of it was not looked into",
    ),
    _unread(
        "Nasdaq Listing Rule 5615",
        r"Nasdaq Rule 5615",
        "https://listingcenter.nasdaq.com/rulebook/nasdaq/rules",
    ),
    _reported(
        "Securities Exchange Act Rule 10A-3",
        r"Rule 10A-3",
        "https://legalclarity.org/sec-rule-10a-3-audit-committee-independence-requirements",
        "as a guide tells it: an audit committee of independent directors only; not the times that it gives to cure. "
        "The release that adopted it was opened at www.sec.gov/rules/final/33-8220.htm, and does not quote it there",
    ),
    _reported(
        "Form 8-K, Item 5.02 and General Instruction B.1",
        r"Form 8-K",
        "https://securitiesandcapmarkets.btlaw.com/post/102l7b3/sec-staff-comments-on-director-resignation-form-8-k-timeliness-in-connection-with",
        "as a law firm tells it; not the form",
    ),
    _unread(
        "California Corporations Code § 5211(a)",
        r"§ 5211",
        "https://leginfo.legislature.ca.gov/faces/codes.xhtml",
        "§§ 7211, 9211 and 12351, for other corporations, were read at statutes.laws-info.com and say so",
    ),
    _unread(
        "California Corporations Code § 5213(a)", r"§ 5213", "https://leginfo.legislature.ca.gov/faces/codes.xhtml"
    ),
    _read(
        "California Corporations Code § 5227",
        r"§ 5227",
        "https://codes.findlaw.com/ca/corporations-code/corp-sect-5227/",
        "current as of 1 January 2023",
    ),
)


TEXTS = (*DELAWARE, *BRITAIN, *FRANCE, *ELSEWHERE)
"""Every text that a rule or a bundled profile cites."""
