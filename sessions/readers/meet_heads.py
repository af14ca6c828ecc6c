"""Heads of Google Meet's reports and labels above them, in the languages that are known, as `head` writes them."""

NAMES = {"name", "full name", "participant", "nombre completo", "nome completo", "nom complet", "vollständiger name"}
GIVEN = {
    "first name", "given name", "nombre", "nome", "prénom", "vorname", "voornaam", "имя", "імʼя", "ім'я", "imię", "ad",
    "名", "名字", "이름", "الاسم الأول", "الاسم", "tên", "nama depan", "förnamn", "fornavn", "jméno",
}  # fmt: skip
FAMILY = {
    "last name", "surname", "family name", "apellido", "apellidos", "sobrenome", "apelido", "nom", "nom de famille",
    "nachname", "achternaam", "cognome", "фамилия", "прізвище", "nazwisko", "soyadı", "soyad", "姓", "姓氏", "성",
    "اسم العائلة", "اللقب", "họ", "nama belakang", "efternamn", "etternavn", "příjmení",
}  # fmt: skip
EMAILS = {
    "email", "e-mail", "email address", "correo electrónico", "adresse e-mail", "e-mail-adresse", "indirizzo email",
    "электронная почта", "адрес электронной почты", "electronic mail", "メールアドレス", "メール", "电子邮件", "電子郵件",
    "이메일", "البريد الإلكتروني", "e-posta", "adres e-mail", "електронна пошта", "e-mailadres",
}  # fmt: skip
DURATIONS = {
    "duration", "time in call", "duración", "duração", "durée", "dauer", "durata", "длительность", "продолжительность",
    "тривалість", "czas trwania", "duur", "süre", "時間", "期間", "参加時間", "时长", "持续时间", "時間長度", "기간",
    "المدة", "thời lượng", "durasi",
}  # fmt: skip
JOINS = {
    "time joined", "joined", "join time", "first seen", "hora de entrada", "horário de entrada", "hora de ingreso",
    "hora a la que se unió", "heure d'arrivée", "heure d'entrée", "beitrittszeit", "teilnahmebeginn",
    "ora di ingresso", "время входа", "время присоединения", "godzina dołączenia",
}  # fmt: skip
EXITS = {
    "time exited", "time left", "exited", "exit time", "leave time", "hora de salida", "horário de saída",
    "hora de saída", "heure de départ", "heure de sortie", "austrittszeit", "teilnahmeende", "ora di uscita",
    "время выхода", "godzina wyjścia",
}  # fmt: skip
TITLES = {
    "meeting title",
    "meeting name",
    "título da reunião",
    "título de la reunión",
    "titre de la réunion",
    "besprechungstitel",
}
STARTS = {
    "start time",
    "started",
    "horário de início",
    "hora de inicio",
    "hora de início",
    "heure de début",
    "startzeit",
}
ENDS = {"end time", "ended", "horário de término", "hora de finalización", "hora de término", "heure de fin", "endzeit"}
