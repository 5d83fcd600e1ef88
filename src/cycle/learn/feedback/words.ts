import type { Kind } from "./survey.ts";

/** What a survey's mail and page say, in one language. */
export interface Language {
  nps: { question: string; follow_up: string };
  csat: { question: string; follow_up: string };
  ends: Record<Kind, readonly [low: string, high: string]>;
  choose: string;
  ownWords: string;
  optional: string;
  send: string;
  save: string;
  thanks: string;
  youAnswered: (score: number, most: number) => string;
  kept: string;
  mayAdd: string;
  sorry: string;
  pressSend: string;
  pickOne: string;
  tooLong: (most: number) => string;
  mailFoot: (company: string) => string;
  reminder: (question: string) => string;
  closed: string;
  gone: string;
}

const en: Language = {
  nps: { question: "How likely are you to recommend us to a friend or colleague?", follow_up: "What is the main reason for your score?" },
  csat: { question: "How satisfied are you with how we handled it?", follow_up: "What could we have done better?" },
  ends: { nps: ["not at all likely", "extremely likely"], csat: ["very dissatisfied", "very satisfied"] },
  choose: "Choose a number",
  ownWords: "In your own words",
  optional: "optional",
  send: "Send",
  save: "Save",
  thanks: "Thank you",
  youAnswered: (score, most) => `You answered ${score} of ${most}.`,
  kept: "We have your answer.",
  mayAdd: "If you like, say more, or change what you wrote.",
  sorry: "We are sorry. Somebody of us will get in touch with you.",
  pressSend: "Nothing is recorded until you press Send.",
  pickOne: "Please choose one of the numbers.",
  tooLong: (most) => `Please write at most ${most} letters.`,
  mailFoot: (company) => `One click is enough. ${company} reads every answer.`,
  reminder: (question) => `A short reminder: ${question}`,
  closed: "This question was asked a while ago and takes no answers any more. Thank you all the same.",
  gone: "This link is not whole, or what it belonged to is gone.",
}; // prettier-ignore

const de: Language = {
  nps: { question: "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", follow_up: "Was ist der Hauptgrund für Ihre Bewertung?" },
  csat: { question: "Wie zufrieden sind Sie damit, wie wir es erledigt haben?", follow_up: "Was hätten wir besser machen können?" },
  ends: { nps: ["sehr unwahrscheinlich", "sehr wahrscheinlich"], csat: ["sehr unzufrieden", "sehr zufrieden"] },
  choose: "Wählen Sie eine Zahl",
  ownWords: "In Ihren eigenen Worten",
  optional: "freiwillig",
  send: "Senden",
  save: "Speichern",
  thanks: "Vielen Dank",
  youAnswered: (score, most) => `Ihre Antwort: ${score} von ${most}.`,
  kept: "Wir haben Ihre Antwort.",
  mayAdd: "Wenn Sie mögen, schreiben Sie mehr oder ändern Sie Ihren Text.",
  sorry: "Das tut uns leid. Jemand von uns meldet sich bei Ihnen.",
  pressSend: "Nichts wird gespeichert, bevor Sie auf Senden drücken.",
  pickOne: "Bitte wählen Sie eine der Zahlen.",
  tooLong: (most) => `Bitte schreiben Sie höchstens ${most} Zeichen.`,
  mailFoot: (company) => `Ein Klick genügt. ${company} liest jede Antwort.`,
  reminder: (question) => `Eine kurze Erinnerung: ${question}`,
  closed: "Diese Frage ist schon länger her und nimmt keine Antworten mehr an. Trotzdem vielen Dank.",
  gone: "Dieser Link ist nicht vollständig, oder wozu er gehörte, gibt es nicht mehr.",
}; // prettier-ignore

const fr: Language = {
  nps: { question: "Quelle est la probabilité que vous nous recommandiez à un proche ?", follow_up: "Quelle est la raison principale de votre note ?" },
  csat: { question: "Êtes-vous satisfait de la façon dont nous avons traité votre demande ?", follow_up: "Qu’aurions-nous pu mieux faire ?" },
  ends: { nps: ["pas du tout probable", "très probable"], csat: ["très insatisfait", "très satisfait"] },
  choose: "Choisissez un chiffre",
  ownWords: "Avec vos propres mots",
  optional: "facultatif",
  send: "Envoyer",
  save: "Enregistrer",
  thanks: "Merci",
  youAnswered: (score, most) => `Votre réponse : ${score} sur ${most}.`,
  kept: "Nous avons reçu votre réponse.",
  mayAdd: "Si vous le souhaitez, précisez ou modifiez votre texte.",
  sorry: "Nous en sommes désolés. L’un de nous va vous contacter.",
  pressSend: "Rien n’est enregistré avant que vous n’appuyiez sur Envoyer.",
  pickOne: "Veuillez choisir l’un des chiffres.",
  tooLong: (most) => `Veuillez écrire au plus ${most} caractères.`,
  mailFoot: (company) => `Un clic suffit. ${company} lit chaque réponse.`,
  reminder: (question) => `Petit rappel : ${question}`,
  closed: "Cette question date et n’accepte plus de réponses. Merci quand même.",
  gone: "Ce lien n’est pas complet, ou ce à quoi il menait n’existe plus.",
}; // prettier-ignore

const es: Language = {
  nps: { question: "¿Qué probabilidad hay de que nos recomiende a un amigo o colega?", follow_up: "¿Cuál es la razón principal de su nota?" },
  csat: { question: "¿Está satisfecho con cómo lo resolvimos?", follow_up: "¿Qué podríamos haber hecho mejor?" },
  ends: { nps: ["nada probable", "muy probable"], csat: ["muy insatisfecho", "muy satisfecho"] },
  choose: "Elija un número",
  ownWords: "Con sus propias palabras",
  optional: "opcional",
  send: "Enviar",
  save: "Guardar",
  thanks: "Gracias",
  youAnswered: (score, most) => `Su respuesta: ${score} de ${most}.`,
  kept: "Tenemos su respuesta.",
  mayAdd: "Si lo desea, cuéntenos más o cambie lo que escribió.",
  sorry: "Lo sentimos. Alguien de nosotros se pondrá en contacto con usted.",
  pressSend: "No se guarda nada hasta que pulse Enviar.",
  pickOne: "Elija uno de los números, por favor.",
  tooLong: (most) => `Escriba como máximo ${most} letras, por favor.`,
  mailFoot: (company) => `Basta un clic. ${company} lee cada respuesta.`,
  reminder: (question) => `Un breve recordatorio: ${question}`,
  closed: "Esta pregunta es de hace tiempo y ya no admite respuestas. Gracias de todos modos.",
  gone: "Este enlace no está completo, o ya no existe aquello a lo que llevaba.",
}; // prettier-ignore

const languages: Readonly<Record<string, Language>> = { en, de, fr, es };

/** The words of the workspace's language; English where we know no other. */
export const languageOf = (locale: string): Language => languages[locale.split("-")[0]!.toLowerCase()] ?? en;
