"""The words of Zoom's reports, as `columns.head` writes them: lower case, straight apostrophes, no space before a bracket.

English, Spanish, Portuguese, French, Korean and Russian are those of real exports; the other languages are what the
web portal calls these columns and are backed by the shape of the table (see `zoom`), for a head may be worded otherwise.
"""

NAMES = {
    "name(original name)", "nombre(nombre original)", "nome(nome original)", "nom(nom original)", "이름(원래 이름)",
    "имя(настоящее имя)", "имя(исходное имя)", "name(originalname)", "name(ursprünglicher name)", "名前(元の名前)",
    "名前(オリジナルの名前)", "名称(原始名称)", "姓名(原始姓名)", "名稱(原始名稱)", "ad(orijinal ad)",
    "nazwa(oryginalna nazwa)",
    "naam(oorspronkelijke naam)", "tên(tên gốc)", "nama(nama asli)", "nameoriginalname",
}  # fmt: skip
PLAIN_NAMES = {"name", "nombre", "nome", "nom", "이름", "имя", "名前"}  # of 2020, beside a column of Zoom's own
EMAILS = {
    "user email", "user_email_2", "email", "e-mail", "email address", "e-mail del usuario", "correo electrónico",
    "correo electrónico del usuario", "adresse e-mail de l'utilisateur", "adresse e-mail", "사용자 이메일", "이메일",
    "электронная почта пользователя", "электронная почта", "e-mail do usuário", "benutzer-e-mail", "e-mail utente",
    "ユーザーのメール", "ユーザーのeメール", "メール", "用户邮箱", "用户电子邮件", "使用者電子郵件", "電子郵件",
    "kullanıcı e-postası",
}  # fmt: skip
JOINS = {
    "join time", "join_time", "hora para unirse", "hora de entrada", "ingressar na hora", "heure d'arrivée", "참가 시간",
    "время входа",
    "horário de entrada", "beitrittszeit", "beitrittszeitpunkt", "ora di ingresso", "参加時刻", "加入时间",
    "加入時間",
    "katılma zamanı", "waktu bergabung", "thời gian tham gia",
}  # fmt: skip
LEAVES = {
    "leave time", "leave_time", "hora para salir", "hora de salida", "hora de saída", "heure de départ", "나간 시간",
    "время выхода",
    "horário de saída", "austrittszeit", "verlassenszeit", "zeitpunkt des verlassens", "ora di uscita", "退出時刻",
    "离开时间", "離開時間", "ayrılma zamanı", "waktu keluar", "thời gian rời đi",
}  # fmt: skip
MINUTES = {
    "total duration(minutes)", "duración total(minutos)", "duração total(minutos)", "durée totale(minutes)",
    "duration(minutes)", "duración(minutos)", "duração(minutos)", "durée(minutes)", "기간(분)", "총 기간(분)",
}  # fmt: skip
TOPICS = {
    "topic", "tema", "tópico", "sujet", "тема", "thema", "argomento", "トピック", "주제", "主题", "主題",
    "konu", "onderwerp",
    "temat", "chủ đề", "topik", "meeting topic",
}  # fmt: skip
HOSTS = {
    "host", "anfitrión", "anfitrião", "hôte", "организатор", "gastgeber", "ospitante", "ホスト", "호스트", "主持人",
    "user name", "nombre de usuario", "nome de usuário", "nom d'utilisateur", "user_name",
}  # fmt: skip

# Parts of words, for columns whose heads differ from one version to the next.
WAITING = (
    "waiting", "sala de espera", "salle d'attente", "warteraum", "attesa", "대기", "ожидан", "待機", "等候",
    "bekleme",
    "poczekalni", "wachtruimte", "ruang tunggu", "phòng chờ",
)  # fmt: skip
GUEST = (
    "guest", "invitad", "convidad", "invité", "gast", "ospite", "게스트", "гость", "ゲスト", "访客", "訪客",
    "来宾", "konuk", "gość",
    "tamu", "khách",
)  # fmt: skip
YES = {
    "yes", "y", "true", "sí", "si", "sim", "oui", "예", "да", "ja", "sì", "はい", "是", "evet", "tak", "ya",
    "có", "نعم",
    "так", "ano", "igen", "ναι",
}  # fmt: skip
NO = {
    "no", "n", "false", "não", "non", "아니요", "아니오", "нет", "nein", "いいえ", "否", "hayır", "nie", "nee",
    "tidak", "không",
    "لا", "ні", "ne", "nem", "όχι",
}  # fmt: skip
