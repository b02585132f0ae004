// Reads line charts where the pointer is, or the arrow keys: all charts of a group at the same time.

export const create = figure => new Reader(figure);

const readers = new Set();
const minus = text => text.replace('-', '\u2212');

class Reader {
  #times = [];
  #series = [];
  #format = String;
  #at = null; // index of what is read
  #stop = new AbortController();

  constructor(figure) {
    this.figure = figure;
    this.plot = figure.querySelector('.plot');
    this.hair = figure.querySelector('.hair');
    const on = (name, handle) => this.plot.addEventListener(name, handle, { signal: this.#stop.signal });
    on('pointermove', event => this.#point(event));
    on('pointerdown', event => this.#point(event));
    on('pointerleave', () => this.#tell(null));
    on('blur', () => this.#tell(null));
    on('keydown', event => this.#key(event));
    readers.add(this);
  }

  setValues(times, series, isPercent) {
    this.#times = times;
    this.#series = series;
    const format = new Intl.NumberFormat('en-US', isPercent
      ? { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }
      : { maximumFractionDigits: 0 });
    this.#format = value => minus(format.format(value));
    // Bars within a day are told apart by their time.
    this.isDaily = times.length < 2 || (times.at(-1) - times[0]) / (times.length - 1) >= 43200;
    this.show(null);
  }

  dispose() {
    this.#stop.abort();
    readers.delete(this);
  }

  /** Reads the values at a time; null ends it. */
  show(time) {
    this.#at = time === null || this.#times.length === 0 ? null : this.#indexOf(time);
    const isRead = this.#at !== null;
    this.figure.classList.toggle('reading', isRead);
    this.hair.hidden = !isRead;
    this.hair.style.left = isRead ? `${this.#at / Math.max(1, this.#times.length - 1) * 100}%` : '';
    this.figure.querySelector('[data-when]').textContent = isRead ? this.#dateOf(this.#times[this.#at]) : '';
    this.figure.querySelectorAll('[data-value]').forEach((element, place) => {
      element.textContent = isRead ? this.#format(this.#series[place][this.#at]) : '';
    });
  }

  #tell(time) {
    const { group } = this.figure.dataset;
    for (const reader of readers) {
      if (reader === this || (group && reader.figure.dataset.group === group)) reader.show(time);
    }
  }

  #point(event) {
    if (this.#times.length === 0) return;
    const { left, width } = this.plot.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    this.#tell(this.#times[Math.round(share * (this.#times.length - 1))]);
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && this.#times.length > 0) {
      event.preventDefault();
      const bars = step * (event.shiftKey ? 20 : 1), from = this.#at ?? this.#times.length - 1;
      this.#tell(this.#times[Math.min(this.#times.length - 1, Math.max(0, from + bars))]);
    } else if (event.key === 'Escape') {
      this.#tell(null);
    }
  }

  #indexOf(time) {
    let [low, high] = [0, this.#times.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[middle] < time) low = middle + 1; else high = middle;
    }
    return low;
  }

  #dateOf(seconds) {
    // A day that closes at midnight is the one that ends then.
    const text = new Date((seconds - (this.isDaily ? 1 : 0)) * 1000).toISOString();
    return this.isDaily ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
  }
}
