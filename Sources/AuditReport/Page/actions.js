// What people do, and the beginning.

const setField = (field, wanted) => {
  if (field === 'all') filter = empty();
  else if (field === 'failed') filter.failed = !filter.failed;
  else filter[field] = filter[field] === wanted ? '' : wanted;
  refresh();
};
const setBucket = (bucket) => {
  const from = bucketStart(bucket), to = bucketStart(bucket + 1);
  const same = filter.from === from && filter.to === to;
  filter.from = same ? '' : from;
  filter.to = same ? '' : to;
  refresh();
};
const toggleRecord = (button) => {
  const seq = Number(button.dataset.seq), tr = button.closest('tr');
  const open = !opened.has(seq);
  button.setAttribute('aria-expanded', String(open));
  tr.classList.toggle('open', open);
  if (open) {
    opened.add(seq);
    tr.after(detailsOf(found.find((row) => row[at.seq] === seq)));
  } else {
    opened.delete(seq);
    tr.nextElementSibling.remove();
  }
};

document.addEventListener('click', (event) => {
  const pageButton = event.target.closest('[data-page]');
  if (pageButton) {
    page = Number(pageButton.dataset.page);
    showList();
    writeAddress();
    byId('records').scrollIntoView({ block: 'start' });
    byId('records').focus({ preventScroll: true });
    return;
  }
  const chosen = event.target.closest('[data-field]');
  if (chosen) return setField(chosen.dataset.field, chosen.dataset.value);
  const toggle = event.target.closest('.toggle');
  if (toggle) return toggleRecord(toggle);
  const bucket = event.target.closest('g[data-bucket], [data-from]');
  if (bucket) setBucket(Number(bucket.dataset.bucket ?? bucket.dataset.from));
});

// In the list, the arrow keys go from record to record.
byId('rows').addEventListener('keydown', (event) => {
  const current = event.target.closest('.toggle');
  if (!current || event.altKey || event.ctrlKey || event.metaKey) return;
  const toggles = all('.toggle', byId('rows')), index = toggles.indexOf(current);
  const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: toggles.length - 1 }[event.key];
  if (toggles[target]) { toggles[target].focus(); event.preventDefault(); }
  const expanded = current.getAttribute('aria-expanded') === 'true';
  if ((event.key === 'ArrowRight' && !expanded) || (event.key === 'ArrowLeft' && expanded)) { toggleRecord(current); event.preventDefault(); }
});

let waiting;
form.addEventListener('input', (event) => {
  const { name, type, checked, value: entered } = event.target;
  if (!(name in filter)) return;
  filter[name] = type === 'checkbox' ? checked : entered;
  clearTimeout(waiting);
  waiting = setTimeout(refresh, name === 'q' ? 150 : 0);
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', (event) => { event.preventDefault(); filter = empty(); refresh(); byId('q').focus(); });
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && isFiltered()) { filter = empty(); refresh(); }
});

// Paper gets what the filters leave, as far as anybody would print it.
let pageBefore = 0;
addEventListener('beforeprint', () => { pageBefore = page; page = 0; showList(printSize); });
addEventListener('afterprint', () => { page = pageBefore; showList(); });

const begin = () => {
  const record = readAddress();
  if (record !== null) {
    choose();
    page = Math.max(0, Math.floor(found.findIndex((row) => row[at.seq] === record) / pageSize));
  }
  refresh({ keepPage: true, address: false });
  if (record !== null) document.querySelector(`.toggle[data-seq="${Number(record)}"]`)?.focus();
};
addEventListener('hashchange', () => { if (!byId(location.hash.slice(1))) begin(); });
form.hidden = false;
byId('list').hidden = false;
begin();
