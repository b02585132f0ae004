// Loaded before the first paint, so that the page never flashes in the wrong theme.
(() => {
  'use strict';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const defaults = { theme: 'system', palette: 'standard', clock: 'exchange' };

  const read = key => {
    try { return localStorage.getItem(`trading.${key}`); } catch { return null; }
  };
  const write = (key, value) => {
    try { localStorage.setItem(`trading.${key}`, value); } catch { /* private browsing: not remembered */ }
  };
  const preference = name => read(name) ?? defaults[name];

  const apply = () => {
    const theme = preference('theme');
    root.dataset.theme = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
    root.dataset.palette = preference('palette');
  };
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  apply();

  window.trading = {
    read,
    write,
    preferences: () => ({
      theme: preference('theme'),
      palette: preference('palette'),
      clock: preference('clock'),
      localZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'Etc/UTC',
    }),
    setPreference: (name, value) => { write(name, value); apply(); },
    select: (id, start, end) => {
      const text = document.getElementById(id);
      text?.focus();
      text?.setSelectionRange(start, end);
    },
    focusRow: ticker => document.querySelector(`[data-testid="row-${CSS.escape(ticker)}"]`)?.focus(),
  };

  const isTyping = target => target.closest?.('input, textarea, select, [contenteditable], .rz-dropdown, .rz-dialog');
  const rows = () => [...document.querySelectorAll('[data-row]')];

  const moveRow = step => {
    const all = rows();
    if (all.length === 0) return false;
    const at = all.indexOf(document.activeElement?.closest('[data-row]'));
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
    return true;
  };

  const openRow = row => row?.querySelector('[data-open]')?.click();

  document.addEventListener('keydown', event => {
    const { key, target } = event;
    if (target.matches?.('[data-search]')) {
      if (key === 'ArrowUp' || key === 'ArrowDown') event.preventDefault();
      if (key === 'Escape') target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || isTyping(target)) return;
    if (event.altKey) {
      if (target.matches?.('[data-row]') && key.startsWith('Arrow')) event.preventDefault();
      return;
    }

    const main = document.querySelector('[data-search="main"]');
    if (key === '/') {
      event.preventDefault();
      main?.focus();
    } else if (key === '?') {
      document.querySelector('[data-shortcut="?"]')?.click();
    } else if ((key === 'ArrowDown' || key === 'ArrowUp') && !target.matches?.('canvas')) {
      if (moveRow(key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
    } else if (key === 'Enter' && target.matches?.('[data-row]')) {
      openRow(target);
    } else if (/^[a-z0-9]$/i.test(key) && !target.matches?.('canvas')) {
      main?.focus(); // and the key goes into it
    }
  });

  document.addEventListener('click', event => {
    const row = event.target.closest?.('[data-row]');
    if (row && !event.target.closest('a, button')) openRow(row);
    for (const menu of document.querySelectorAll('[data-menu][open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // Firefox starts a drag only when it carries data.
  document.addEventListener('dragstart', event => {
    if (event.target.matches?.('[data-row]')) event.dataTransfer.setData('text/plain', event.target.innerText);
  });

  // A row is a place to drop a row on; answered here, as every dragover would be a message to the server.
  document.addEventListener('dragover', event => {
    if (event.target.closest?.('[data-row]')) event.preventDefault();
  });

  // The cookie of a signed-in user is renewed on the way.
  setInterval(() => { if (document.querySelector('[data-testid="user"]')) fetch('session/keep').catch(() => {}); }, 300000);

  // A circuit that the server no longer knows cannot be resumed: a new page takes its place.
  document.addEventListener('DOMContentLoaded', () => {
    const modal = document.getElementById('components-reconnect-modal');
    const comeBack = async () => {
      try {
        if ((await fetch('live', { cache: 'no-store' })).ok) return location.reload();
      } catch { /* still away */ }
      setTimeout(comeBack, 2000);
    };
    new MutationObserver((_, observer) => {
      if (/components-reconnect-(failed|rejected)/.test(modal.className)) {
        observer.disconnect();
        comeBack();
      }
    }).observe(modal, { attributes: true, attributeFilter: ['class'] });
  });
})();
