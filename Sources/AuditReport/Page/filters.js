// What is chosen, and which records fit.

const fields = ['decision', 'who', 'session', 'repository', 'effect', 'rule', 'command', 'group'];
const form = byId('filters');
const empty = () => ({ q: '', from: '', to: '', failed: false, ...Object.fromEntries(fields.map((f) => [f, ''])) });
let filter = empty(), found = [], around = [], page = 0, opened = new Set();

// All texts in a value, without the names of its members.
const texts = (value) => typeof value === 'string' ? [value] : value !== null && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
const searchable = new Map();
const searchText = (row) => {
  let text = searchable.get(row);
  if (text === undefined) {
    const columns = ['line', 'who', 'session', 'repository', 'directory', 'rule', 'stopped', 'remote', 'snapshot', 'effects', 'refs'];
    text = visible(columns.flatMap((column) => texts(value(row, column))).join('\u0001')).toLowerCase();
    searchable.set(row, text);
  }
  return text;
};
const has = (row, field, wanted) => {
  switch (field) {
    case 'decision': return decisions[row[at.decision]] === wanted;
    case 'effect': return (row[at.effectSet] & (1 << Number(wanted))) !== 0;
    default: return row[at[field]] === Number(wanted);
  }
};
const moment = (text) => { const time = Date.parse(text + 'Z'); return Number.isNaN(time) ? null : time; };
// The records that fit, and `around`: those that would if no time were chosen.
const choose = () => {
  const tests = fields.filter((field) => filter[field] !== '').map((field) => (row) => has(row, field, filter[field]));
  if (filter.failed) tests.push((row) => row[at.failed] === 1);
  const needles = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  if (needles.length) tests.push((row) => { const text = searchText(row); return needles.every((n) => text.includes(n)); });
  around = tests.length ? rows.filter((row) => tests.every((test) => test(row))) : rows;
  const from = moment(filter.from) ?? -Infinity, to = moment(filter.to) ?? Infinity;
  found = filter.from || filter.to ? around.filter((row) => wall(row) >= from && wall(row) < to) : around;
};
const isFiltered = () => Object.values(filter).some(Boolean);

// --- the address: #decision=deny&q=push can be kept and sent ---------------------------------------------------

const nameOf = (field, key) =>
  field === 'decision' || field === 'group' ? key : field === 'effect' ? kinds[key] : visible(values[key]) || '(empty)';
const known = {};
for (const field of fields) {
  const keys = field === 'decision' ? decisions.slice(1)
    : field === 'effect' ? kinds.map((_, index) => index)
      : [...new Set(rows.map((row) => row[at[field]]))].filter((key) => key >= 0);
  known[field] = new Map(keys.map((key) => [nameOf(field, String(key)), String(key)]));
}
const readAddress = () => {
  let parameters;
  try { parameters = new URLSearchParams(location.hash.slice(1)); } catch { parameters = new URLSearchParams(); }
  filter = empty();
  for (const field of fields) filter[field] = known[field].get(parameters.get(field)) ?? '';
  filter.q = parameters.get('q') ?? '';
  filter.from = moment(parameters.get('from')) === null ? '' : parameters.get('from');
  filter.to = moment(parameters.get('to')) === null ? '' : parameters.get('to');
  filter.failed = parameters.has('failed');
  page = Math.max(0, (Number.parseInt(parameters.get('page') ?? '1', 10) || 1) - 1);
  const record = parameters.get('record');
  opened = new Set(record ? [Number(record)] : []);
  return record === null ? null : Number(record);
};
const writeAddress = () => {
  const parameters = new URLSearchParams();
  for (const field of fields) if (filter[field] !== '') parameters.set(field, nameOf(field, filter[field]));
  for (const name of ['q', 'from', 'to']) if (filter[name]) parameters.set(name, filter[name]);
  if (filter.failed) parameters.set('failed', '1');
  if (page > 0) parameters.set('page', String(page + 1));
  const hash = parameters.toString();
  try { history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search); } catch { /* not everywhere allowed for files */ }
};
