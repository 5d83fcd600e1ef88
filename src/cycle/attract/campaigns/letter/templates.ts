/** A mail to begin with. */
export interface StartingTemplate {
  key: string;
  name: string;
  subject: string;
  preheader: string;
  body: string;
}

const head = `  <mj-head>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="24px" color="#18181b" />
      <mj-button background-color="#4f46e5" border-radius="6px" font-size="16px" font-weight="600" inner-padding="12px 24px" />
    </mj-attributes>
  </mj-head>`;

const foot = `    <mj-section>
      <mj-column>
        <mj-divider border-width="1px" border-color="#e4e4e7" />
        <mj-text font-size="13px" line-height="20px" color="#52525b">
          {{ company.name }}{% if company.postal %} · {{ company.postal }}{% endif %}<br />
          <a href="{{ unsubscribe_url }}" style="color:#52525b">Stop these mails</a> · <a href="{{ preferences_url }}" style="color:#52525b">Choose what you get</a>
        </mj-text>
      </mj-column>
    </mj-section>`;

const mail = (sections: string): string => `<mjml>
${head}
  <mj-body background-color="#ffffff" width="600px">
${sections}
${foot}
  </mj-body>
</mjml>
`;

/** Three mails to begin with; the first is the one a new campaign has. */
export const startingTemplates: readonly StartingTemplate[] = [
  {
    key: "letter",
    name: "A letter",
    subject: "A word from {{ company.name }}",
    preheader: "What is new, in two minutes",
    body: mail(`    <mj-section>
      <mj-column>
        <mj-text>Hello {{ contact.given_name | default: "there" }},</mj-text>
        <mj-text>Write here what is new, in a few plain sentences. One thought per paragraph reads best on a phone.</mj-text>
        <mj-button href="https://www.example.com/" align="left">See what is new</mj-button>
        <mj-text>With best wishes<br />{{ company.name }}</mj-text>
      </mj-column>
    </mj-section>`),
  },
  {
    key: "offer",
    name: "An offer",
    subject: '{{ contact.given_name | default: "For you" }}: something for your next order',
    preheader: "Until Sunday",
    body: mail(`    <mj-section background-color="#eef2ff" border-radius="10px">
      <mj-column>
        <mj-text align="center" font-size="28px" line-height="36px" font-weight="700">One thing you will like</mj-text>
        <mj-text align="center">Say in one sentence what it is and why now.</mj-text>
        <mj-button href="https://www.example.com/offer">Take me there</mj-button>
        <mj-text align="center" font-size="13px" color="#52525b">Until Sunday, while stocks last.</mj-text>
      </mj-column>
    </mj-section>
    <mj-section>
      <mj-column>
        <mj-text>Hello {{ contact.given_name | default: "there" }}, a few words on how to use it best.</mj-text>
      </mj-column>
    </mj-section>`),
  },
  {
    key: "news",
    name: "News in three parts",
    subject: "News from {{ company.name }}",
    preheader: "Three things worth knowing",
    body: mail(`    <mj-section>
      <mj-column>
        <mj-text font-size="24px" line-height="32px" font-weight="700">Three things worth knowing</mj-text>
      </mj-column>
    </mj-section>
    <mj-section>
      <mj-column><mj-text><b>First</b><br />What happened.</mj-text><mj-button href="https://www.example.com/first" align="left">Read on</mj-button></mj-column>
      <mj-column><mj-text><b>Second</b><br />What comes next.</mj-text><mj-button href="https://www.example.com/second" align="left">Read on</mj-button></mj-column>
      <mj-column><mj-text><b>Third</b><br />What you can do.</mj-text><mj-button href="https://www.example.com/third" align="left">Read on</mj-button></mj-column>
    </mj-section>`),
  },
];
