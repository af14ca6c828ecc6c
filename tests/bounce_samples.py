"""Reports on undelivered mail in the shapes in which mail servers write them. The texts are our own, the people made up."""

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.sender.example (Mail Delivery System)
To: baraza@sender.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="A1/mx.sender.example"

This is a MIME-encapsulated message.

--A1/mx.sender.example
Content-Type: text/plain; charset=us-ascii

Your mail to <amina.otieno@city.example> did not get there.

--A1/mx.sender.example
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.sender.example
X-Postfix-Queue-ID: 4F00AB1234
X-Postfix-Sender: rfc822; baraza@sender.example
Arrival-Date: Mon,  2 Mar 2026 12:00:00 +0000 (UTC)

Final-Recipient: rfc822; amina.otieno@city.example
Original-Recipient: rfc822;amina.otieno@city.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.city.example
Diagnostic-Code: smtp; 550 5.1.1 <amina.otieno@city.example>: Recipient address
    rejected: amina.otieno is not known here

--A1/mx.sender.example
Content-Type: message/rfc822

Return-Path: <baraza@sender.example>
From: Baraza <baraza@sender.example>
To: amina.otieno@city.example
Message-ID: <{number}@training.example>
Subject: Please confirm your registration

Hello,

--A1/mx.sender.example--
"""

EXIM = """\
Return-Path: <>
From: Mail Delivery System <Mailer-Daemon@host.sender.example>
To: baraza@sender.example
X-Failed-Recipients: amina@city.example
Auto-Submitted: auto-replied
References: <{number}@training.example>
Subject: Mail delivery failed: returning message to sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=1772452800-eximdsn-1

--1772452800-eximdsn-1
Content-type: text/plain; charset=us-ascii

A mail that you sent could not be delivered for good:

  amina@city.example
    host mail.city.example [192.0.2.55]: 552 5.2.2 The mailbox is over its limit

--1772452800-eximdsn-1
Content-type: message/delivery-status

Reporting-MTA: dns; host.sender.example

Action: failed
Final-Recipient: rfc822;amina@city.example
Status: 5.0.0
Remote-MTA: dns; mail.city.example
Diagnostic-Code: smtp; 552 5.2.2 The mailbox is over its limit

--1772452800-eximdsn-1
Content-type: message/rfc822

Message-Id: <{number}@training.example>
Subject: Reminder

--1772452800-eximdsn-1--
"""

EXIM_OF_OLD = """\
From: Mail Delivery System <Mailer-Daemon@host.sender.example>
To: baraza@sender.example
X-Failed-Recipients: amina@city.example
Subject: Mail delivery failed

The following address failed:

  amina@city.example
    SMTP error from remote mail server after RCPT TO:<amina@city.example>:
    host mail.city.example [192.0.2.55]: 550 5.1.1 No such person: amina

------ This is a copy of the message, including all the headers. ------

Message-ID: <{number}@training.example>
Subject: Reminder

Hello, call 550 5.7.1.
"""

EXCHANGE = """\
From: <postmaster@city.example>
To: baraza@sender.example
Subject: =?utf-8?B?0J3QtSDQtNC+0YHRgtCw0LLQu9C10L3Qvg==?=
In-Reply-To: <{number}@training.example>
References: <{number}@training.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="b6c6b6c6-exchange"

--b6c6b6c6-exchange
Content-Type: multipart/alternative; differences=Content-Type; boundary="inner"

--inner
Content-Type: text/plain; charset="windows-1251"
Content-Transfer-Encoding: base64

zeUg5O7x8uDi6+Xt7g==

--inner--
--b6c6b6c6-exchange
Content-Type: message/delivery-status

Reporting-MTA: dns;EXCH01.city.example
Received-From-MTA: dns;mx.sender.example
Arrival-Date: Mon, 2 Mar 2026 12:00:01 +0000

Original-Recipient: rfc822;Amina@city.example
Final-Recipient: rfc822;Amina@city.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient Amina@city.example not found
X-Display-Name: Amina

--b6c6b6c6-exchange--
"""

GMAIL = """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: baraza@sender.example
Auto-Submitted: auto-replied
X-Failed-Recipients: amina@gmail.example
Subject: Delivery Status Notification (Delay)
Content-Type: multipart/report; boundary="000000000000abc"; report-type=delivery-status

--000000000000abc
Content-Type: multipart/related; boundary="000000000000def"

--000000000000def
Content-Type: text/html; charset="UTF-8"

<p>The other side did not answer for days.</p>
--000000000000def--
--000000000000abc
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
X-Original-Message-ID: <{number}@training.example>

Final-Recipient: rfc822; amina@gmail.example
Action: failed
Status: 4.4.1
Diagnostic-Code: smtp; The recipient server did not accept our requests to connect. [mx.gmail.example 192.0.2.7: timed out]
Last-Attempt-Date: Mon, 02 Mar 2026 04:00:00 -0800 (PST)

--000000000000abc
Content-Type: text/rfc822-headers

Subject: Reminder

--000000000000abc--
"""

AMAZON_SES = """\
From: MAILER-DAEMON@amazonses.example
To: baraza@sender.example
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; report-type=delivery-status; boundary="--==_ses"

----==_ses
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Une erreur s=E9rieuse.
----==_ses
Content-Type: message/delivery-status

Reporting-MTA: dns; smtp-out.amazonses.example

Final-Recipient: rfc822;amina@city.example
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp; 554 5.7.1 Our users complained about this sender

----==_ses
Content-Type: message/rfc822

Message-ID: <0100018e-aaaa-000000@email.amazonses.example>
X-Baraza-Mail: {number}
Subject: Reminder

----==_ses--
"""

VERP = """\
From: MAILER-DAEMON@mx.city.example
To: bounces+{hex}@sender.example
Content-Type: multipart/report; report-type=delivery-status; boundary="v"

--v
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.city.example

Final-Recipient: rfc822; amina@city.example
Action: failed
Status: 5.1.2

--v--
"""

GLOBAL = """\
From: MAILER-DAEMON@mx.city.example
To: baraza@sender.example
Content-Type: multipart/report; report-type=delivery-status; boundary="g"

--g
Content-Type: message/global-delivery-status

Reporting-MTA: dns; mx.city.example
Original-Envelope-Id: {number}

Final-Recipient: utf-8; амина@город.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 нет такого ящика

--g--
"""

DELAYED = POSTFIX.replace("Action: failed", "Action: delayed").replace("Status: 5.1.1", "Status: 4.4.1")

AUTO_REPLY = """\
From: Amina <amina@city.example>
To: baraza@sender.example
Auto-Submitted: auto-replied
In-Reply-To: <{number}@training.example>
Subject: Automatic reply: I am away
Content-Type: text/plain; charset=utf-8

I am away. My colleague’s line is 550 5.1.1, the address I had before does not exist any more.
"""

READ_RECEIPT = """\
From: Amina <amina@city.example>
To: baraza@sender.example
Content-Type: multipart/report; report-type=disposition-notification; boundary="r"

--r
Content-Type: message/disposition-notification

Final-Recipient: rfc822;amina@city.example
Original-Message-ID: <{number}@training.example>
Disposition: manual-action/MDN-sent-manually; displayed

--r--
"""


def sample(text, number):
    """A sample about the mail of this number, as it lies in a mailbox."""
    return text.replace("{number}", str(number)).replace("{hex}", number.hex).encode()
