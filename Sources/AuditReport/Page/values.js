// The records that stand as JSON in this file. Every value reaches the page as text (textContent, setAttribute on names
// that are written here), never as markup. The files are joined into one function: values, filters, numbers, list, actions.

const data = JSON.parse(document.getElementById('data').textContent);
const { values, rows, effects: kinds } = data;
const at = Object.fromEntries(data.columns.map((name, index) => [name, index]));
const pageSize = 50, printSize = 1000;
const decisions = ['', 'allow', 'snapshot', 'deny'];
const words = { allow: ['Allowed', 'allowed'], snapshot: ['Recovery point', 'kept'], deny: ['Blocked', 'blocked'] };

// Text as people can read it: bytes that are no text, control characters and those that turn text around show.
const visible = (text) => String(text).replace(/[\p{Cc}\p{Cs}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu, (character) => {
  const code = character.codePointAt(0);
  if (code >= 0xdc80 && code <= 0xdcff) return '\\x' + (code - 0xdc00).toString(16);
  return /\p{Cc}/u.test(character) ? '\\x' + code.toString(16).padStart(2, '0') : '\\u{' + code.toString(16) + '}';
});
const value = (row, column) => values[row[at[column]]] ?? null;
const { format: number } = new Intl.NumberFormat('en');
const byId = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (name, properties = {}, ...children) => {
  const { role, ...rest } = properties;
  const element = Object.assign(document.createElement(name), rest);
  if (role) element.setAttribute('role', role);
  element.append(...children);
  return element;
};

// Times are those of the machine that wrote the report: `offset` minutes were added to UTC there.
const wall = (row) => row[at.time] + row[at.offset] * 60000;
const stamp = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
