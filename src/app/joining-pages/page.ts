/** One page for all one-time links; the script shows the form that belongs to the path. */
export const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Famulus</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="joining/page.css" />
  </head>
  <body>
    <main>
      <h1 id="title">Famulus</h1>
      <noscript>This page needs JavaScript.</noscript>
      <p id="lead"></p>
      <form id="form" novalidate hidden></form>
      <p id="outcome" role="status"></p>
    </main>
    <script src="joining/page.js" defer></script>
  </body>
</html>
`;

export const style = `:root { font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 26rem; margin: 10vh auto 2rem; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.2; }
label { display: block; margin-top: 1rem; font-weight: 600; }
input { box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit; font-weight: 400;
  border: 1px solid GrayText; border-radius: .4rem; background: Field; color: FieldText; }
input[aria-invalid] { border-color: #c92a2a; }
.problem { display: block; min-height: 1.2em; font-size: .875rem; font-weight: 400; color: #c92a2a; }
button { width: 100%; margin-top: .75rem; padding: .7rem; font: inherit; font-weight: 600; cursor: pointer;
  border: 0; border-radius: .4rem; background: #1c5fb8; color: #fff; }
button:disabled { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid #74a9f0; outline-offset: 2px; }
@media (prefers-color-scheme: dark) { .problem { color: #ff8787; } input[aria-invalid] { border-color: #ff8787; } }
`;

export const script = `const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
const email = { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username' };
const person = { name: 'name', label: 'Your name', autocomplete: 'name' };
const password = { name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password' };
const timezone = { name: 'timezone', label: 'Time zone', value: zone };

const kinds = {
  setup: {
    title: 'Set up Famulus', lead: 'You become the first admin of this installation.', button: 'Make my account',
    to: 'api/setup', key: 'token', as: 'setup_token', fields: [email, person, password, timezone],
    done: 'Your account is there. This link is used up.',
  },
  invite: {
    title: 'Join Famulus', lead: 'You were invited to an account here.', button: 'Make my account',
    to: 'api/invitations/accept', key: 'code', as: 'code', fields: [email, person, password, timezone],
    done: 'Your account is there. This link is used up.',
  },
  reset: {
    title: 'A new password', lead: 'It ends every session you have.', button: 'Set the password',
    to: 'api/auth/reset-password', key: 'token', as: 'token', fields: [{ ...password, name: 'newPassword' }],
    done: 'Your password is set. This link is used up.',
  },
};

const kind = kinds[location.pathname.split('/').at(-1)];
const secret = new URLSearchParams(location.hash.slice(1)).get(kind.key);
const [title, lead, form, outcome] = ['title', 'lead', 'form', 'outcome'].map((id) => document.getElementById(id));
document.title = title.textContent = kind.title;

function add(parent, tag, properties) {
  const element = Object.assign(document.createElement(tag), properties);
  parent.append(element);
  return element;
}

const inputs = new Map();
function show(field) {
  const label = add(form, 'label', { textContent: field.label });
  const input = add(label, 'input', { required: true, type: 'text', ...field });
  const problem = add(label, 'span', { className: 'problem', id: field.name + '-problem' });
  input.setAttribute('aria-describedby', problem.id);
  inputs.set(field.name, { input, problem });
}

function tell(errors) {
  for (const [name, { input, problem }] of inputs) {
    const found = errors.find(({ path }) => path === name);
    problem.textContent = found ? found.message : '';
    input.toggleAttribute('aria-invalid', Boolean(found));
  }
  const first = [...inputs.values()].find(({ input }) => input.hasAttribute('aria-invalid'));
  if (first) first.input.focus();
  return Boolean(first);
}

async function send(button) {
  button.disabled = true;
  outcome.textContent = '';
  try {
    const given = [...inputs].map(([name, { input }]) => [name, input.value]);
    const response = await fetch(kind.to, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...Object.fromEntries(given), [kind.as]: secret }),
    });
    if (response.ok) {
      form.hidden = true;
      lead.textContent = kind.done;
      history.replaceState(null, '', location.pathname);
      return;
    }
    const { errors = [], detail } = await response.json();
    if (!tell(errors)) outcome.textContent = detail;
  } catch {
    outcome.textContent = 'Famulus does not answer. Try again in a moment.';
  } finally {
    button.disabled = false;
  }
}

if (secret) {
  lead.textContent = kind.lead;
  for (const field of kind.fields) show(field);
  const button = add(form, 'button', { textContent: kind.button });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(button);
  });
  form.hidden = false;
} else {
  lead.textContent = 'This link is not complete. Open it as it was given to you.';
}
`;
