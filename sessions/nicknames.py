"""Short forms and spellings of given names that people use for themselves, as groups of words in plain Latin letters.

They only ever suggest: who confirms sees both names. Kept by hand; a name may stand in several groups (`alex`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

_NICKNAMES = """
elizabeth elisabeth liz lizzie lizzy beth betty betsy eliza lisa libby elsie
robert bob bobby rob robbie bert
william bill billy will willy liam
richard rick ricky dick richie
edward ed eddie ted ned
theodore ted teddy theo
james jim jimmy jamie
john jack johnny jon
jonathan jon johnny
joseph joe joey
yosef yossef joseph josef yossi yosi
michael mike mick mikey micky
matthew matt
anthony tony
andrew andy drew
thomas tom tommy
daniel dan danny
david dave davy
samuel sam sammy
samantha sam
benjamin ben benny
alexander alex sasha sascha sandy xander alejandro alessandro
alexandra alex sasha sandra alexa lexi
nicholas nick nicky nico nikos nicolas
christopher chris topher kit
christina christine chris tina chrissie
stephen steven steve stefan stephane
gregory greg
patrick pat paddy
patricia pat patty tricia trish
peter pete
philip phil
kenneth ken kenny
gerald gerry jerry
lawrence larry
timothy tim
victor vic
victoria vicky tori
vincent vince vinny
walter walt wally
zachary zach zack
nathaniel nathan nate
margaret maggie meg peggy marge greta rita
katherine catherine kate katie kathy cathy kat kit
jennifer jen jenny
jessica jess jessie
rebecca becky becca
deborah deb debbie
susan sue susie suzanne
barbara barb babs
dorothy dot dolly
eleanor ellie nell nora
helen nell ellen
isabella isabel bella izzy isa
josephine jo josie
abigail abby gail
amanda mandy
emily em emmy
emmanuel manu manny
gabriel gabe gabi
gabriela gabi gaby
florence flo
frances fran fanny
francis frank
frederick fred freddie
geoffrey jeff geoff
jeffrey jeff
judith judy
kimberly kim
leonard len leo
lillian lily
natalie nat
pamela pam
raymond ray
ronald ron ronnie
russell russ
stanley stan
stephanie steph
teresa theresa terry tess
veronica ronnie vera
dmitry dmitri dmitriy dmitrii dima mitya
alexei alexey aleksei alyosha lyosha
alexander aleksandr oleksandr sasha sanya shura
alexandra aleksandra oleksandra sasha shura ola
ekaterina kateryna katerina katya katia
anastasia anastasiia nastya nastia
natalia nataliia natalya natasha
tatiana tetiana tatyana tanya tania
olga olya olia
elena olena helena lena alena
irina iryna ira
maria mariia masha
mikhail mykhailo misha
nikolai mykola kolya
ivan vanya
vladimir volodymyr vova volodya vlad
evgeny evgeniy yevgeny yevhen evgenia yevgenia zhenya
sergei sergey serhii seryozha
yuri yury yurii yura
pavel pavlo pasha
anna anya ania hanna
ksenia oksana ksyusha
jose pepe
francisco paco pancho curro
ignacio nacho
guillermo memo
enrique quique kike
alberto roberto humberto beto
eduardo lalo edu
rafael rafa
dolores lola
concepcion concha conchita
guadalupe lupe lupita
rosario charo
manuel manolo
antonio toni tono
jesus chucho
maria mari maruja
javier javi
beatriz bea
cristina cris
josefa pepa
jose ze
joao jao
eduarda duda
luiz luis lula
sebastiao tiao
giuseppe beppe peppe
luigi gigi
salvatore toto
johannes hans johann
josef sepp
katharina kathi kati
katarzyna kasia
malgorzata gosia
joanna asia
jakub kuba
tomasz tomek
krzysztof krzysiek
agnieszka aga
aleksandra ola
zuzanna zuza
nikolaos nikos nick
konstantinos kostas costas dinos
ioannis giannis yiannis
georgios giorgos yorgos george
dimitrios dimitris
evangelia eva litsa
aikaterini katerina
chukwuemeka emeka
chidinma chichi chidi
oluwaseun seun
agung gung
muhammad mohammed mo
abdullah abdu
fatima fati fatou fatoumata
aminata ami
mamadou mamad
ousmane ous
"""

_SPELLINGS = """
mohamed mohammed muhammad mohammad mohamad muhamad muhammed mohamud md mohd
ahmed ahmad achmad akhmad
yusuf youssef yousef yosef yousuf yousif
hussein hussain husain hossain hosein huseyin
hassan hasan
ibrahim ebrahim brahim
ismail esmail ismael
abdul abdel abd abdoul
abdallah abdullah abdulla abdoulaye
aisha aicha ayesha aysha aissatou aishah
fatima fatma fatimah fatema
khadija khadijah hadija kadidja
zainab zeinab zaynab zeynep
omar umar omer
osman othman uthman ousmane usman
ali aly
sayed sayyid said syed sayid
khalid khaled
karim kareem
rashid rasheed
jamal gamal djamal
qasim kassem kasim
dmitry dmitri dmitriy dmitrii dimitri dmytro
sergei sergey serhii sergiy
andrei andrey andrii andriy
alexei alexey aleksei oleksii
yulia julia iuliia
yuri yury yurii iurii
kim gim
lee yi rhee
park pak bak
choi choe
jung jeong chung
cho jo
yoon yun
lim im
chen chan tan
wong wang huang
muller mueller
schroder schroeder
tesfaye tesfay
haile hailu
abebe ababa
"""


def _groups(text: str) -> Mapping[str, frozenset[str]]:
    """Each word with the other words of its groups."""
    found: dict[str, set[str]] = defaultdict(set)
    for words in _lines(text):
        for word in words:
            found[word] |= words - {word}
    return {word: frozenset(others) for word, others in found.items()}


def _lines(text: str) -> Iterable[set[str]]:
    return (set(line.split()) for line in text.splitlines() if line.strip())


NICKNAMES: Mapping[str, frozenset[str]] = _groups(_NICKNAMES)
SPELLINGS: Mapping[str, frozenset[str]] = _groups(_SPELLINGS)
