import pytest

from sessions.readers.encodings import decoded
from sessions.readers.text import lines_of

NAMES = {
    "cp1252": "Begoña Núñez;François Lefèvre;João Conceição;Jürgen Groß",
    "cp1250": "Łukasz Wiśniewski;Agnieszka Dąbrowska;Żaneta Krzyżanowska;Błażej Świątek",
    "cp1251": "Олена Шевченко;Дмитрий Иванов;Наталья Кузнецова",
    "cp1253": "Γιώργος Παπαδόπουλος;Ελένη Νικολάου",
    "cp1254": "Ayşe Yıldız;Çağrı Öztürk;Gülşen Şahin;İbrahim Doğan",
    "cp1255": "דוד לוי;רחל כהן",
    "cp1256": "محمد السيد;فاطمة الزهراء;عبد الرحمن",
    "cp932": "名前;山田太郎さん;メールアドレス",
    "gb18030": "姓名;王小明;李秀英;签到时间;离开时间",
    "cp949": "이름;김민준;박서연;입장시간",
    "mac-roman": "Prénom;François Lefèvre;Hélène Béranger",
    "utf-8": "Zoë;Ольга;王",
    "utf-8-sig": "Zoë;Ольга;王",
    "utf-16": "Zoë;Ольга;王",
    "utf-32": "Zoë;Ольга;王",
    "utf-16-le": "Zoë;Olga Smith;ABC;09:30",
    "utf-16-be": "Zoë;Olga Smith;ABC;09:30",
}


@pytest.mark.parametrize("encoding", NAMES)
def test_decoded_finds_the_encoding(encoding):
    text = f"Name;Email\n{NAMES[encoding]}\n"
    assert decoded(text.encode(encoding)).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    "encoding, text",
    [
        ("cp1250", "Lista obecności;;\nImię i nazwisko;Godzina przyjścia\nŁukasz Żak;9:00\n"),
        ("cp1250", "Name,Join Time\nŁukasz Wójcik,9:00\n"),
        ("cp1250", "Name;Time\nN’Guessan – Wiśniewska;9\n"),
        ("cp1252", "Nom;Prénom\nÇelik;Noël\nŒuvrard;Zoé\nCœur;Léa\n"),
        ("cp1252", "Nafn\nÞórður Guðmundsson\n"),
        ("cp1254", "Ad;Soyad;Giriş;Çıkış\nMehmet;Yılmaz;9;10\nİpek;Şahin;9;10\n"),
        ("cp1251", "Name;Email\nИванов Пётр;a@b.example\n"),
    ],
)
def test_decoded_tells_pages_apart_by_where_letters_stand(encoding, text):
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a,b\n1,2", ["a", "b"]),
        ("a;b;c\n1,5;2;3", ["a", "b", "c"]),
        ("a\tb, c\n1\t2", ["a", "b, c"]),
        ("sep=|\na|b,c\n", ["a", "b,c"]),
        ("sep=;\r\na;b\r\n", ["a", "b"]),
        ("a|b\n1|2", ["a", "b"]),
        (' a , b ,"  c"\n', ["a", "b", "c"]),
        ("=\"2021-03-21 09:01\",'+41 22,'Abd\n", ["2021-03-21 09:01", "+41 22", "'Abd"]),
        ('"a,b,""c, d"""\n"1,2,3"\n', ["a", "b", "c, d"]),
        ('"Maria "Mary" Li","b"\n', ['Maria "Mary" Li', "b"]),
        ("a\u00a0b,c\u202f\n", ["a b", "c"]),
        ("a,b\rc,d", ["a", "b"]),
    ],
)
def test_lines_of_finds_the_delimiter_and_takes_guards_off(text, expected):
    assert lines_of(text.encode())[0][1] == expected


def test_lines_of_counts_the_lines_of_cells_that_have_several():
    assert [line for line, _cells in lines_of(b'a,b\n"x\ny",1\n\nc,d\n')] == [1, 3, 5]
