"""The words that turn what a sentence says: opposites, denials, hedges, quantifiers, verbs of saying.

English word lists and the tables made of them, nothing else. Written by hand for this library; a word
stands here because swapping or dropping it changes what is true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import product

from .._text.words import term
from .meanings import lexicon as packed
from .wordlists import classes, in_order, listed

# Each row: words on one side | words on the other, all of them opposites.
_OPPOSITES = """
increase rise grow climb surge jump gain soar expand growth up higher upward upwards boost raise improve escalate | decrease fall drop decline shrink plunge slump tumble sink contract down lower downward downwards reduce cut worsen reduction dip
enhance strengthen bolster improve | weaken undermine erode worsen degrade
more greater larger bigger higher longer | less fewer smaller lower shorter
most | least fewest
maximum | minimum
above over exceed | below under
before prior earlier beforehand precede | after following later afterwards follow subsequent
first begin start open opening launch | last end finish close closing conclude
begin start launch commence | end stop halt cease suspend
continue persist resume | stop halt cease discontinue
win victory triumph beat defeat gain earn | lose loss
success succeed successful | fail failure
profit profitable gain | loss
cheap | dear expensive costly
support back endorse favour favor approve champion advocate backing | oppose reject resist condemn criticise criticize disapprove denounce
accept agree approve embrace welcome | reject refuse decline deny disagree rebuff
agree agreement consensus | disagree disagreement dispute
confirm affirm acknowledge admit | deny refute
allow permit let authorise authorize enable legalise legalize | ban forbid prohibit bar block prevent outlaw
include inclusion including | exclude exclusion omit excluding
add | remove subtract
join enter arrive entry arrival | leave exit depart quit withdraw departure withdrawal
send deploy dispatch | withdraw recall
buy purchase acquire | sell
lend | borrow
hire employ recruit | fire dismiss sack
appoint elect | dismiss oust
create build make construct establish | destroy demolish dismantle abolish
strong robust powerful stronger strength | weak fragile feeble weaker weakness
safe secure safety | unsafe dangerous risky danger
hot warm warmer heat | cold cool cooler
high tall | low short
large big huge great vast major significant considerable substantial | small little tiny slight minor minimal insignificant negligible
long lengthy | short brief
early | late
fast quick rapid swift rapidly quickly swiftly | slow gradual slowly gradually
easy simple easily | hard difficult complex
good positive favourable favorable excellent beneficial advantageous | bad negative poor unfavourable terrible harmful adverse
better best | worse worst
right correct accurate true | wrong incorrect inaccurate false
rich wealthy | poor
new modern recent | old ancient outdated
young younger | old older elderly
public | private secret
open | closed shut
full complete | empty partial incomplete
same identical similar | different distinct opposite
common frequent frequently often usually widespread | rare rarely seldom infrequent uncommon
always | never
yes aye | no nay
all every everyone everything | none nobody nothing
many numerous | few
majority | minority
possible | impossible
likely | unlikely
necessary essential required vital | unnecessary optional
important vital crucial key relevant | unimportant trivial irrelevant
flexible adaptable | inflexible rigid
thriving flourishing | struggling ailing
help aid assist facilitate | hinder hamper impede obstruct
abundant plentiful | scarce
welcome shelter | expel deport banish condemn
free | paid
praise welcome | condemn criticise criticize deplore
reveal unveil | hide conceal
inflow influx | outflow exodus
legal lawful | illegal unlawful
guilty convict | innocent acquit
alive live survive | dead die kill
male man men boy father son brother husband king he mr | female woman women girl mother daughter sister wife queen she mrs
domestic local internal national | foreign international external global overseas
north northern | south southern
east eastern | west western
inside indoor within | outside outdoor
import importer | export exporter
supply | demand
attack offensive offence offense | defend defence defense defensive
friend ally friendly | enemy foe hostile rival
peace peaceful | war conflict
love like admire | hate dislike loathe
happy glad pleased delighted | sad unhappy upset disappointed
optimistic hopeful confident optimism confidence hope | pessimistic doubtful sceptical skeptical pessimism doubt fear
praise applaud commend | criticise criticize blame condemn
trust | distrust mistrust
remember recall | forget
find found discover | lose
hide conceal | reveal disclose expose show
advantage benefit | disadvantage drawback
cause | prevent
encourage promote urge | discourage deter dissuade
advance progress | retreat regress
ahead forward | behind backward
upper top | lower bottom
front | back rear
morning am dawn | evening night pm dusk
day daytime | night nighttime
summer | winter
spring | autumn
dry drought | wet flood rain
heavy | light
thick | thin
wide broad | narrow
deep | shallow
clean | dirty polluted
healthy | sick ill unhealthy
simple | complex complicated
cheap affordable inexpensive | expensive costly
permanent permanently | temporary temporarily
formal official | informal unofficial
voluntary optional | mandatory compulsory obligatory
direct directly | indirect indirectly
active | passive inactive
conservative | liberal
republican | democrat democratic
present | absent
presence | absence
with | without
for | against
tighten tight strict stricter | loosen ease relax loose lax lenient
hawkish | dovish
bullish | bearish
upgrade promote promotion | downgrade demote relegate relegation
inflate inflation | deflate deflation
surplus | deficit
asset | liability
income revenue | expense spending expenditure cost
credit | debit debt
accelerate hasten | decelerate slow delay
delay postpone | advance hasten expedite
extend prolong lengthen | shorten curtail
unite merge unify join | divide split separate
connect attach | disconnect detach
lock | unlock
load | unload
import | export
major | minor
senior | junior
superior | inferior
visible | invisible
natural | artificial synthetic
rural | urban
employer | employee
lender | borrower
buyer | seller
winner | loser
victim | attacker perpetrator
parent | child
teacher | student pupil
doctor | patient
defendant | plaintiff prosecutor
upside | downside
overestimate | underestimate
overvalue | undervalue
outperform beat exceed | underperform miss
maximise maximize | minimise minimize
appear emerge | disappear vanish
approach near | recede
ascend | descend
attract | repel
arrest detain jail imprison capture | release free liberate
charge | acquit exonerate
comply obey | violate breach defy disobey
protect safeguard preserve | endanger threaten harm damage
save rescue | abandon
gather assemble | disperse scatter
fill | drain
float | sink
push | pull
throw | catch
wake | sleep
lead | follow trail
majority most | minority
precede | follow
solvent | bankrupt insolvent
stable stability steady | unstable volatile instability volatility
certain sure definite | uncertain unsure doubtful
known | unknown
willing ready readiness willingness | unwilling reluctant reluctance unwillingness refusal
able | unable
available | unavailable
aware | unaware
fair just | unfair unjust
contentious controversial disputed | uncontroversial undisputed agreed settled
premature | overdue timely
urgent | routine
credible reliable | dubious unreliable implausible
sufficient enough adequate ample | insufficient inadequate lacking scarce
sweet | bitter sour
soft | hard
loud noisy | quiet silent
bright | dark dim
sharp | blunt dull
smooth | rough
calm | agitated stormy
brave | cowardly
generous | stingy
polite | rude
honest | dishonest
loyal | disloyal
patient | impatient
perfect flawless | imperfect flawed
popular | unpopular
regular | irregular
relevant | irrelevant
responsible | irresponsible
satisfied satisfaction | dissatisfied dissatisfaction
similar | dissimilar different
worth | worthless
both | neither
either | neither
also | nor
indoors | outdoors
upstairs | downstairs
vertical | horizontal
clockwise | anticlockwise
"""  # noqa: E501

_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "anti")

_OF_AUTHORS = listed("author authors authored authority authorities")
"""Words with the stem of "authorise" that have no opposite."""
_NO_PREFIX = frozenset(
    term(word)
    for word in in_order("""
    imprison imprisoned imprisonment improve impress import impose improvise impart income indeed inside input
    invest install inform intense intent include incident industry insight increase intake
    discover display discount disease distance district discuss discipline dispute dismiss disorder mission
    mistake misery unit unite union uniform universe university understand undergo uncle until unique
    antique illness illustrate irritate nonsense instruct inspire insure interest internal invite involve
    inject innovation instance instead instant
    """)
)
"""Words that only look as if a prefix denied what follows it: "imprisonment" is no opposite of "prison"."""

NOT = listed("""
    not never no none nobody nothing neither nor without cannot hardly barely scarcely nowhere n't cant
    dont didnt doesnt isnt wasnt arent werent couldnt wouldnt shouldnt hasnt havent
    """)
"""Words that deny what follows them; contractions in n't are read as such by `is_not`."""

UNLESS_FOLLOWED = {
    "cannot": frozenset(["but"]),
    "not": frozenset(["only", "just", "merely", "simply", "necessarily", "least"]),
    "no": frozenset(["doubt", "longer-than", "matter", "later", "sooner", "fewer", "less", "more"]),
    "nothing": frozenset(["but", "short"]),
    "none": frozenset(["other"]),
}
"""A denial that these words take back: "not only", "no doubt"."""

SOFT_NOT = frozenset(
    term(word)
    for word in in_order("""
    fail failed failure refuse refused refuses refusal decline declined declines deny denied denies
    denial reject rejected rejects unable unlikely impossible lack lacks lacked lacking absence absent
    prevent prevented prevents stop stopped avoid avoided avoids halt cease ceased forbid forbids
    forbade ban banned bans prohibit prohibited block blocked neglect neglected unwilling reluctant miss
    missed cancel cancelled canceled abandon abandoned rule ruled doubt doubted false wrong untrue
    against oppose opposed rarely seldom instead rather unknown dismiss dismissed missing
    excluding except barring without refrain
    """)
)
"""Words that deny in substance: they answer a plain "not", and are answered by one."""

MODALS = classes("""
    possible: may might could possibly perhaps potentially maybe potential possible possibility
    possible: conceivably
    seeming: likely probably probable expected expects expect apparently seemingly appears appear appeared
    seeming: seems seem seemed suggests suggest suggested allegedly alleged reportedly reported believed
    seeming: thought
    seeming: estimated rumoured rumored suspected presumed supposedly purportedly predicted forecast projected
    seeming: hopes hope hoped hopeful anticipate anticipates anticipated
    will: will shall going won't
    certain: certain guarantee guarantees guaranteed definitely certainly inevitably surely undoubtedly
    certain: prove proves proved
    would: would hypothetically wouldn't
    must: must should ought need needs needed required obliged shouldn't mustn't
    intends: plans plan planned planning aims aim aimed intends intend intended intention seeks seek sought
    intends: wants want wanted considering considers proposed proposes proposal proposing hinted hints tries
    intends: tried attempted attempts trying vowed pledged promised pledges promises vows offered offers ready
    intends: readiness willing willingness
    """)
"""Hedges, each with its class: how sure or how far on it makes what it stands before."""

CONTRACTED = {"ll": "will", "d": "would"}
"""What stands after the apostrophe of a contracted hedge."""

NEEDS_TO = listed("""
    thought believed estimated predicted forecast projected going need needs needed required plans plan
    planned planning aims aim aimed intends intend intended intention seeks seek sought wants want
    wanted proposed proposes proposal tries tried attempted attempts trying vowed pledged promised
    pledges promises vows offered offers ready readiness willing willingness hopes hope hoped expects
    expect anticipated suspected presumed reported alleged appears appear appeared seems seem seemed
    certain likely guaranteed obliged rumoured rumored
    """)
"""Hedges that are one only before "to": "expected to rise", but "the expected rise"."""

URGING = listed("crucial essential vital necessary imperative ensure ensures ensuring")
"""Words that say "must" of what they stand beside."""

QUANTIFIERS = classes("""
    all: all every each entire whole everyone everybody everything always fully completely entirely totally
    all: wholly universally unanimously unanimous
    most: most majority
    usually: mostly largely mainly generally usually predominantly primarily
    many: many several numerous multiple various often frequently
    some: some certain sometimes partly partially occasionally somewhat
    few: few fewer little rarely seldom minority infrequently
    none: no none never neither nobody
    only: only solely exclusively sole
    both: both
    """)
"""Words that say how much of something, each with its class."""

DEEDS = frozenset(
    form
    for word in in_order("""
    accuse sue sued blame charged arrest attack beat defeat outplay overtake overtook hit strike struck
    kill injure rescue save praise criticise criticize condemn defend thank congratulate welcome warn
    urge ask tell order invite visit replace succeed hire employ fire sack dismiss appoint elect buy
    bought purchase acquire carry carried sell sold lend lent borrow owe pay paid give gave grant award
    offer accept reject refuse raise lower lead led head chair run establish own sponsor finance support
    oppose help assist teach taught treat follow precede cause prevent invade occupy bomb shoot shot
    stab rob cheat deceive mislead betray insult threaten chase catch caught pursue push hug kiss marry
    divorce adopt draw drew feed fed eat ate propose promise pledge suggest request demand petition
    lobby notify inform contact phone call email write wrote answer remind advise recommend persuade
    convince force compel allow permit forbid ban fine punish reward compensate reimburse insure supply
    deliver ship send sent receive represent regulate supervise audit inspect examine interview question
    investigate sentence convict acquit clear detain jail outnumber exceed surpass outperform merge
    absorb overcharge trust distrust admire envy love hate fear win won join leave left sign publish
    build built invent discover design found ignore consult joined score miss direct train manage mentor
    """)
    for form in (term(word), term(word.removesuffix("e") + "ed"))
)
"""Verbs with two sides that are not to be exchanged."""

DEEDS_TO = frozenset(map(term, in_order("report belong lose lost surrender answer apologise apologize")))
"""Verbs that have another side only after "to"."""

CONVERSE = {
    term("sell"): term("buy"),
    term("lend"): term("borrow"),
    term("lose"): term("beat"),
    term("lost"): term("beat"),
}
"""Verbs that tell a deed from its other side: who sells to somebody, and who loses to him."""

SPEECH = {
    term(word): kind
    for word, kind in classes("""
    asks: ask asks asked request requests requested demand demands demanded appeal appealed
    grants: agree agrees agreed accept accepts accepted approve approves approved consent consented
    offers: offer offers offered promise promises promised pledge pledges pledged vow vows vowed
    refuses: refuse refuses refused reject rejects rejected decline declines declined deny denies denied
    warns: warn warns warned
    admits: admit admits admitted confess confesses confessed
    accuses: accuse accuses accused
    thanks: thank thanks thanked praise praises praised congratulate congratulated
    """).items()
}
"""Verbs by which somebody does something in saying it, each with its class."""

SPEECH_ALIKE = frozenset(
    map(
        frozenset,
        [
            ("warns", "asks"),
            ("admits", "grants"),
            ("warns", "accuses"),
            ("offers", "grants"),
            ("asks", "accuses"),
        ],
    )
)
"""Classes of which one deed may be told as the other: who agrees to do it promises it."""

STANCES = classes("""
    backs: support supports supported back backs backed backing endorse endorses
    backs: endorsed favour
    backs: favours favoured
    backs: favor favors favored welcome welcomes welcomed approve approves approved advocate
    backs: advocated propose proposes proposed recommend recommends recommended champion championed defend
    backs: defends defended urge urges urged demand demands demanded seconded
    opposes: oppose opposes opposed reject rejects rejected criticise criticises criticised criticize
    opposes: criticizes criticized condemn condemns condemned denounce denounced object objects
    opposes: objected resist resisted
    praises: praise praises praised applaud applauds applauded commend commended thank thanks thanked
    blames: blame blames blamed accuse accuses accused
    allows: allow allows allowed permit permits permitted granted authorised authorized
    refuses: refuse refuses refused declined forbade banned
    clears: clears cleared exonerated absolved
    agrees: agree agrees agreed accept accepts accepted
    denies: deny denies denied denying refute refutes refuted
    affirms: confirm confirms confirmed admit admits admitted acknowledge acknowledges acknowledged concede
    affirms: concedes conceded
    alleges: claim claims claimed allege alleges alleged say says said complain complains complained insist
    alleges: insists insisted
    excludes: excluded excludes
    opens: ready willing readiness willingness considering hinted hints offered offers promised promises
    opens: pledged vowed intends plans
    """)
"""Acts by which somebody takes a stand, each with its class."""
STANCES_OF_TWO = {
    "rule out": "excludes",
    "rules out": "excludes",
    "ruled out": "excludes",
    "call for": "backs",
    "calls for": "backs",
    "called for": "backs",
    "calling for": "backs",
    "necessity for": "backs",
    "necessity of": "backs",
    "need for": "backs",
    "in favour": "backs",
    "in favor": "backs",
    "vote for": "backs",
    "votes for": "backs",
    "voted for": "backs",
    "is against": "opposes",
    "are against": "opposes",
    "was against": "opposes",
    "were against": "opposes",
    "vote against": "opposes",
    "votes against": "opposes",
    "voted against": "opposes",
    "advises against": "opposes",
    "advised against": "opposes",
    "argued against": "opposes",
}
"""Such acts of two words."""
CONTRARY = {
    "backs": listed("opposes excludes"),
    "opposes": listed("backs praises"),
    "praises": listed("blames opposes"),
    "blames": listed("praises clears"),
    "clears": listed("blames"),
    "denies": listed("affirms alleges"),
    "affirms": listed("denies"),
    "excludes": listed("opens backs"),
    "agrees": listed("opposes denies excludes refuses"),
    "allows": listed("refuses opposes"),
    "refuses": listed("allows agrees"),
}
"""Stands that a claim may give to somebody, each with those of the article that are its contrary."""
CAUSING = listed("cause caused causes causing because led triggered blame blamed result resulted owing")
"""Words that tie an effect to its cause."""
UNSETTLED = listed("contentious controversial disputed undecided unresolved premature")
"""Words for what nobody has agreed on yet."""

OFFICES = frozenset(
    term(word)
    for word in in_order("""
    mayor chairman chairwoman chairperson chair president director chief head master leader secretary
    treasurer auditor manager minister premier chancellor governor captain coach owner founder mediator
    commissioner ambassador headteacher principal dean rector editor spokesman spokeswoman spokesperson ceo
    coordinator boss bishop archbishop pope king queen author inventor supervisor caretaker executive
    """)
)
"""Offices that mostly one person has at a time."""

ROLES = OFFICES | frozenset(
    term(word)
    for word in in_order("""
    engineer doctor nurse teacher professor researcher scientist analyst lawyer attorney prosecutor judge
    officer skipper pilot driver farmer fisherman baker writer journalist reporter photographer artist
    singer actor actress student pupil victim witness suspect defendant neighbour neighbor tenant landlord
    landlady councillor senator deputy inspector detective constable firefighter paramedic surgeon
    psychologist economist historian biologist physicist chemist climatologist meteorologist consultant
    adviser advisor investor banker broker accountant architect builder plumber electrician mechanic
    technician designer developer negotiator campaigner activist priest vicar imam rabbi prince princess
    widow wife husband mother father son daughter brother sister uncle aunt cousin co-author librarian
    assistant conductor chef cook waiter shopkeeper goalkeeper striker midfielder defender referee umpire
    """)
)
"""What somebody can be, beside a name."""

MORE = listed("more most many high large big great long")
LESS = listed("less least fewer fewest few little low small short")
"""Plain forms and degrees that put a higher, and a lower, number first."""

LEADING = classes("""
    leader: leads led runs ran
    head: heads headed
    chair: chairs chaired
    founder: founded
    owner: owns owned
    editor: edits edited
    coach: coaches coached
    manager: manages managed
    conductor: conducts conducted
    director: directs directed
    """)
"""Verbs that say whose office it is, each with the office."""

SOLE_OFFICES = frozenset(
    map(
        term,
        in_order("treasurer secretary auditor founder mediator chair chairman mayor caretaker headteacher"),
    )
)
"""Offices that one has at a time, so that who has it tells that nobody else does."""

INTENDING = listed("""
    plan plans planned want wants wanted agreed decided hopes hoped intends intended aims seeks sought tries
    tried promised offered refused able due set ready about going began begins started continued
    """)
"""What stands between a doer and "to" with his deed."""

DEFINITE = listed("the its his her their our")
"""Determiners of what the reader knows already."""
DETERMINERS = DEFINITE | {"a", "an"}
"""Words that open a noun phrase."""

BEING = listed("is are was were be been being get gets got am 's 're")
"""What makes a passive: "was hurt", "got hurt"; `roles` has its own for what somebody is or became."""
AUXILIARIES = BEING | listed("""
    has have had having will would shall should can could may might must do does did to ought cannot won't
    didn't doesn't don't isn't aren't wasn't weren't hasn't haven't hadn't
    """)
"""Words between a subject and its verb."""

SAYING = frozenset(
    term(word)
    for word in in_order("""
    say said says tell told state stated add added announce announced argue argued assert asserted
    believe claim claimed comment commented confirm confirmed contend contended declare declared deny
    denied describe described emphasise emphasised emphasize emphasized explain explained express
    expressed highlight highlighted indicate indicated insist insisted maintain maintained mention
    mentioned note noted observe observed point pointed predict predicted promise promised propose
    proposed recall recalled remark remarked reply replied report reported respond responded reveal
    revealed stress stressed suggest suggested testify testified think thought underscore underscored
    urge urged vow vowed warn warned write wrote call called acknowledge admit admitted allege alleged
    advocate estimate estimated forecast echo echoed label labelled labeled labeling labelling criticise
    criticised criticize criticized accuse accused praise praised conclude concluded complain complained
    concede conceded consider considered find found show showed hint hinted tweet tweeted post posted
    agree agreed ask asked
    """)
)
"""Verbs by which somebody says something."""

TELLING = frozenset(
    term(word)
    for word in in_order("""
    say said says tell told state stated add added announce announced argue argued assert claim claimed
    contend declare declared insist insisted maintain maintained warn warned stress stressed emphasise
    emphasize explain believe believed predict suggest note remark remarked allege alleged admit
    admitted acknowledge complain complained concede conceded testify according comment commented reply
    replied consider considered
    """)
)
"""Verbs that put words in a mouth, for certain: in a claim, their subject must be who said it."""

DOUBTFUL_SAYING = frozenset(
    term(word)
    for word in in_order("""
    claim claims claimed allege alleges alleged accuse accuses accused argue argues argued contend
    contends contended assert asserts asserted suggest suggests suggested believe believes believed
    speculate speculates speculated suspect suspects suspected fear fears feared rumour rumours rumor
    rumors insist insists insisted maintain maintains maintained hope hopes hoped think thinks thought
    """)
)
"""Verbs of saying that leave open whether it is so."""

PARTISANS = frozenset(
    term(word)
    for word in in_order("""
    critic opponent supporter proponent campaigner activist rival skeptic sceptic detractor accuser
    """)
)
"""Those whose words nobody takes for the article's own."""

VIEWS = frozenset(
    term(word)
    for word in in_order("""
    confidence hope belief fear claim allegation suspicion accusation rumour rumor speculation theory
    opinion
    """)
)
"""Nouns that make what follows "that" somebody's view."""

RANKS = frozenset(["first", "last", "final", "second", "third", "next", "previous", "latest", "only"])
"""Words that can stand where an ordinal does."""

PARTS_OF_A_TEXT = frozenset(
    map(
        term,
        in_order("passage article document text source summary section chapter page paragraph sentence step"),
    )
)
"""What a text calls its source or a part of it: "Passage 2 says"."""

PRONOUNS = listed("""
    he she it they him her them his hers its their theirs who whom whose this that these those himself
    herself itself themselves we us our ours i me my you your
    """)

PERSON_PRONOUNS = listed("he she him her his hers himself herself i me my who whom")

_SYNONYMS = """
big large huge great vast major considerable substantial
biggest largest greatest
smallest tiniest
say state tell declare remark
buy purchase acquire
help assist aid
begin start commence launch
end finish conclude
use employ utilise utilize
need require necessitate
troop soldier personnel force
about approximately around roughly nearly almost
boss chief head leader
chairman chair chairwoman chairperson
car vehicle automobile
child kid
choose pick select
company firm business corporation
country nation
doctor physician
lawyer attorney
researcher scientist
councillor councilman councilwoman
reporter journalist
error mistake
cost expense expenditure
film movie
house home
idea notion concept
hurt injure injury injuries
illness disease
important vital crucial significant key
job work employment
kill slay
law legislation
money cash funds
murder homicide
near close
plan intend aim
pupil student
quick fast rapid swift
rise increase grow climb gain
fall drop decline decrease
speak talk
stop halt cease
wage pay salary
war conflict
show demonstrate indicate reveal
get obtain receive
give provide offer supply
keep retain maintain
let allow permit
attack strike assault
warn caution
meeting summit talks
discuss debate
beat defeat
team squad
winner champion
fund finance
establish found
employee worker staff
customer client
refuse reject decline
demand request
postpone delay
cancel scrap
hire recruit
dismiss sack
build construct erect
destroy demolish
repair fix mend
defence defense
spend expenditure
deploy deployment send
resign quit
shop store
flat apartment
teenager adolescent
resident inhabitant
labour labor
stress emphasise emphasize underscore underline highlight
"""


@lru_cache(maxsize=8_192)
def is_not(word: str) -> bool:
    """Whether a word denies: "not", "never", "didn't".

    >>> is_not("didn’t"), is_not("never"), is_not("knot")
    (True, True, False)
    """
    low = word.lower().replace("’", "'")
    return low in NOT or low.endswith("n't")


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in _OPPOSITES.strip().splitlines():
        one, other = ([term(word) for word in side.split()] for side in row.split("|"))
        for left, right in product(one, other):
            if left != right:
                table.setdefault(left, set()).add(right)
                table.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in table.items()}


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in _SYNONYMS.strip().splitlines():
        group = {term(word) for word in row.split()}
        for word in group:
            table.setdefault(word, set()).update(group)
    return {word: frozenset(others) for word, others in table.items()}


@lru_cache(maxsize=65_536)
def opposite(one: str, other: str) -> bool:
    """Whether two words in lower case are opposites: by the tables, by a prefix that denies, or as degrees.

    >>> opposite("increased", "falls"), opposite("stable", "unstable"), opposite("highest", "lowest")
    (True, True, True)
    >>> opposite("rise", "grew")
    False
    """
    if one in _OF_AUTHORS or other in _OF_AUTHORS:
        return False
    if _are_opposite(term(one), term(other)):
        return True
    ours, theirs = degree(one), degree(other)
    if ours is None or theirs is None or ours[1] != theirs[1]:
        return False
    return _are_opposite(term(ours[0]), term(theirs[0]))


@lru_cache(maxsize=8_192)
def sure_opposites(one: str) -> frozenset[str]:
    """The terms that are opposites of one whatever stands around them: by the tables here, or by a prefix."""
    return _opposites().get(one, frozenset()).union(_prefixed(one))


def opposites(one: str) -> frozenset[str]:
    """The terms that are opposites of one: by the tables, or by a prefix that denies."""
    return sure_opposites(one).union(packed().opposites(one))


def _are_opposite(one: str, other: str) -> bool:
    return other in sure_opposites(one) or other in packed().opposites(one)


def _prefixed(one: str) -> Iterator[str]:
    """What a prefix or an ending makes the opposite of a term, whether or not it is a word."""
    if len(one) > 3:
        yield from (made for prefix in _PREFIXES if (made := prefix + one) not in _NO_PREFIX)
        yield f"{one}less"
    prefixes = () if one in _NO_PREFIX else _PREFIXES
    shorter = [one.removeprefix(prefix) for prefix in prefixes if one.startswith(prefix)]
    yield from (short for short in (*shorter, one.removesuffix("less")) if 3 < len(short) < len(one))
    if (root := _root(one)) and one in {f"{root}less", f"{root}ful"}:
        yield f"{root}ful" if one == f"{root}less" else f"{root}less"


_IRREGULAR_DEGREES = {
    "best": ("good", 2), "better": ("good", 1), "worst": ("bad", 2), "worse": ("bad", 1), "most": ("many", 2),
    "least": ("little", 2), "farthest": ("far", 2), "furthest": ("far", 2), "further": ("far", 1),
}  # fmt: skip
_NO_DEGREES = listed("""
    test west east rest guest forest interest protest request contest invest arrest harvest honest
    modest nest quest northwest southwest northeast southeast priest est digest suggest conquest midwest
    breast chest crest vest water number after over under other member letter paper matter power offer
    order leader never ever either neither winter summer river whether together rather former later per
    her quarter center master minister consumer customer worker player manager officer partner driver
    teacher owner user server computer father mother brother sister daughter chapter character corner
    cover danger dinner enter factor finger flower gather hammer layer murder november october september
    december organizer rover shelter silver spider supper suffer tower trigger upper virter weather
    wonder computer border wander utter super prayer answer
    """)


@lru_cache(maxsize=65_536)
def degree(word: str) -> tuple[str, int] | None:
    """The plain form of a comparative (1) or superlative (2), None for any other word.

    >>> degree("biggest"), degree("heavier"), degree("worst"), degree("minister")
    (('big', 2), ('heavy', 1), ('bad', 2), None)
    """
    if word in _IRREGULAR_DEGREES:
        return _IRREGULAR_DEGREES[word]
    for ending, rank in (("est", 2), ("er", 1)):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and word not in _NO_DEGREES:
            return (found, rank) if (found := _adjective(base)) else None
    return None


_ADJECTIVES = listed("""
    big large small old new young high low long short strong weak warm cold hot cool fast slow early
    late rich poor cheap dear near close deep shallow wide narrow broad thick thin heavy light dark
    bright hard soft easy busy happy sad angry heavy dry wet clean dirty safe great tall tiny huge fine
    fierce brave bold calm clear quick strict tough rough smooth loud quiet sharp blunt sweet bitter
    sour fresh simple noble healthy wealthy lucky costly deadly early lively friendly lonely ugly pretty
    mild harsh rare dense vast smart wise kind grave dull full firm fair fit flat grand green grey black
    white red blue lean loose tight mean neat odd pale plain proud pure raw ripe shy sick slim steep
    stiff tame tense true vague warm wild worthy fat hot thin wet sunny windy foggy cloudy risky noisy
    tasty sunny shiny scary silly funny crazy lazy easy tidy humble gentle able stable noble
    """)


def _adjective(base: str) -> str | None:
    """The adjective that an ending was put to: "bigg" is big, "heavi" heavy, "larg" large."""
    candidates = [base, base + "e", base[:-1] + "y" if base.endswith("i") else "", base[:-1]]
    return next((word for word in candidates if word in _ADJECTIVES), None)


def _root(word: str) -> str:
    return word.removesuffix("less").removesuffix("ful")


_STEM = 5
"""Letters that a stem must have before an ending makes it another form of a word."""
_ENDINGS = listed("t ion ation ment al er or ance ence ant ent ing y")


def synonym(one: str, other: str) -> bool:
    """Whether two terms are near enough in meaning to stand for one another."""
    return one == other or other in synonyms(one)


@lru_cache(maxsize=65_536)
def related(one: str, other: str) -> bool:
    """Whether two terms are synonyms, or forms of one stem: a verb and its noun, "complain" and "complaint".

    >>> related("complain", "complaint"), related("repair", "mend"), related("contract", "contrast")
    (True, True, False)
    """
    if not one or not other:
        return False
    if synonym(one, other):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _STEM and long.startswith(short) and long[len(short) :] in _ENDINGS


def is_held(one: str, terms: Collection[str]) -> bool:
    """Whether a term, or one related to it, is among some.

    >>> is_held("complain", {"complaint", "crew"}), is_held("complain", {"crew"})
    (True, False)
    """
    if one in terms or any(each in terms for each in synonyms(one)):
        return True
    return any(each[:_STEM] == one[:_STEM] and related(one, each) for each in terms)


def synonyms(one: str) -> frozenset[str]:
    """The terms that can stand for one, by the table here."""
    return _synonyms().get(one, frozenset())
