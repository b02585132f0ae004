// A candlestick chart on one canvas. Bars lie side by side by index, so that nights and weekends take no room.
// A bar is [time, open, high, low, close, volume, synthetic]; time in seconds UTC, synthetic 0 or 1.

const AXIS_RIGHT_MIN = 58, AXIS_BOTTOM = 24, TOP = 30, VOLUME_SHARE = 0.18;
const MAX_SPACING = 60, PAD_BARS = 3;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const create = (element, dotnet) => new CandleChart(element, dotnet);

const chunk = flat => Array.from({ length: flat.length / 7 }, (_, i) => flat.slice(i * 7, i * 7 + 7));
const two = n => String(n).padStart(2, '0');
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Shifts instants so that the UTC getters of Date read the wall clock of a zone. */
class Clock {
  #offsets = new Map();
  #format;

  constructor(zone) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
    });
  }

  wall(seconds) {
    const hour = Math.floor(seconds / 3600);
    if (!this.#offsets.has(hour)) {
      const at = new Date(hour * 3600000);
      const p = Object.fromEntries(this.#format.formatToParts(at).map(part => [part.type, +part.value]));
      this.#offsets.set(hour, Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute) - at.getTime());
    }
    return new Date(seconds * 1000 + this.#offsets.get(hour));
  }
}

const niceStep = rough => {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].find(n => n * power >= rough) * power;
};

const compact = volume =>
  volume >= 1e9 ? `${(volume / 1e9).toFixed(2)}B` : volume >= 1e6 ? `${(volume / 1e6).toFixed(2)}M`
    : volume >= 1e4 ? `${(volume / 1e3).toFixed(1)}K` : String(Math.round(volume));

const signed = (value, digits) => `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${Math.abs(value).toFixed(digits)}`;

class CandleChart {
  #bars = [];
  #spacing = 8;       // CSS pixels from bar to bar
  #right = 0;         // index at the right edge of the plot
  #pointer = null;    // crosshair, CSS pixels
  #touches = new Map();
  #frame = 0;
  #asking = false;
  #askedAt = null;    // first bar's time at the last request for older bars
  #options = { daily: true, zone: 'Etc/UTC' };
  #clock = new Clock('Etc/UTC');
  #home = 0;
  #levels = [];       // { price, label, tone, time }: from the bar of that time on to the right
  #marks = new Map(); // by the time of their bar
  #band = null;       // [from, to]: times of bars that stand out
  #axis = AXIS_RIGHT_MIN;
  #stop = new AbortController();

  constructor(element, dotnet) {
    this.element = element;
    this.dotnet = dotnet;
    this.canvas = element.querySelector('canvas');
    this.legend = element.querySelector('.legend');
    this.context = this.canvas.getContext('2d');
    this.#readColours();
    this.resizing = new ResizeObserver(() => this.#resize());
    this.resizing.observe(element);
    this.theming = new MutationObserver(() => { this.#readColours(); this.#invalidate(); });
    this.theming.observe(
      document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-palette'] });
    this.#listen();
  }

  setBars(flat, options) {
    this.#bars = chunk(flat);
    this.#options = options;
    this.#clock = new Clock(options.daily ? 'Etc/UTC' : options.zone);
    this.#askedAt = null;
    if (options.visible != null || this.#right === 0) this.setVisible(options.visible ?? this.#home);
    else this.#invalidate();
  }

  /** Shows the newest so many bars; 0 shows all. */
  setVisible(count) {
    this.#home = count;
    const bars = Math.max(10, count === 0 ? this.#bars.length : Math.min(count, Math.max(this.#bars.length, 40)));
    this.#spacing = Math.min(MAX_SPACING, this.#width() / (bars + PAD_BARS));
    this.#right = this.#bars.length + PAD_BARS;
    this.#invalidate();
  }

  /** Draws lines at prices; tone is a colour's name, time the bar where a line begins. */
  setLevels(levels) {
    this.#levels = levels;
    this.#invalidate();
  }

  /** Marks are {time, shape, text, good}: 'up' points from under its bar, 'down' from over it; good is null for neither. */
  setMarks(marks) {
    this.#marks = new Map();
    for (const mark of marks) this.#marks.set(mark.time, [...this.#marks.get(mark.time) ?? [], mark]);
    this.#band = null;
    this.#invalidate();
  }

  /** Brings the bars between two times into the middle, with room on both sides, and lets them stand out. */
  showBand(from, to) {
    const first = this.#bars.findIndex(bar => bar[0] >= from), after = this.#bars.findIndex(bar => bar[0] > to);
    if (first < 0) return;
    const last = after < 0 ? this.#bars.length - 1 : Math.max(first, after - 1);
    const shown = Math.max(60, (last - first) * 2);
    this.element.scrollIntoView({ block: 'nearest' });
    this.#band = [from, to];
    this.#spacing = Math.min(MAX_SPACING, this.#width() / shown);
    this.#right = (first + last + shown) / 2;
    this.#pan(0);
  }

  prepend(flat) {
    const older = chunk(flat);
    this.#bars = [...older, ...this.#bars];
    this.#right += older.length;
    this.#invalidate();
  }

  updateLast(bar) {
    const last = this.#bars.at(-1);
    if (!last || bar[0] > last[0]) {
      this.#bars.push(bar);
      const following = this.#right >= this.#bars.length - 1;
      if (this.#bars.length === 1) this.setVisible(this.#home);
      else if (following) this.#right += 1;
    } else if (bar[0] === last[0]) {
      this.#bars[this.#bars.length - 1] = bar;
    }
    this.#invalidate();
  }

  dispose() {
    this.#stop.abort();
    this.resizing.disconnect();
    this.theming.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #listen() {
    const on = (name, handle, options = {}) =>
      this.canvas.addEventListener(name, handle, { signal: this.#stop.signal, ...options });
    on('wheel', event => this.#wheel(event), { passive: false });
    on('pointerdown', event => this.#down(event));
    on('pointermove', event => this.#move(event));
    for (const end of ['pointerup', 'pointercancel']) on(end, event => this.#touches.delete(event.pointerId));
    on('pointerleave', () => { this.#pointer = null; this.#invalidate(); });
    on('dblclick', () => this.setVisible(this.#home));
    on('keydown', event => this.#key(event));
  }

  #wheel(event) {
    event.preventDefault();
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) this.#pan((event.deltaX || event.deltaY) / this.#spacing);
    else this.#zoom(Math.exp(-event.deltaY * 0.0015), event.offsetX);
  }

  #down(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.#touches.set(event.pointerId, event.offsetX);
  }

  #move(event) {
    this.#pointer = { x: event.offsetX, y: event.offsetY };
    const before = this.#touches.get(event.pointerId);
    if (before !== undefined) {
      if (this.#touches.size === 2) {
        const other = [...this.#touches].find(([id]) => id !== event.pointerId)[1];
        const [was, is] = [Math.abs(before - other), Math.abs(event.offsetX - other)];
        if (was > 8 && is > 8) this.#zoom(is / was, (event.offsetX + other) / 2);
      } else {
        this.#pan((before - event.offsetX) / this.#spacing);
      }
      this.#touches.set(event.pointerId, event.offsetX);
    }
    this.#invalidate();
  }

  #key(event) {
    const step = Math.max(1, this.#width() / this.#spacing / 10);
    const act = {
      ArrowLeft: () => this.#pan(-step),
      ArrowRight: () => this.#pan(step),
      '+': () => this.#zoom(1.25, this.#width()),
      '-': () => this.#zoom(0.8, this.#width()),
      0: () => this.setVisible(this.#home),
    }[event.key];
    if (act && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      act();
    }
  }

  #pan(bars) {
    const furthest = this.#bars.length + this.#width() / this.#spacing / 4;
    this.#right = clamp(this.#right + bars, Math.min(5, this.#bars.length), furthest);
    this.#invalidate();
  }

  #zoom(factor, x) {
    const fixed = this.#indexAt(x);
    const least = this.#width() / (Math.max(40, this.#bars.length) * 1.25);
    this.#spacing = clamp(this.#spacing * factor, Math.min(least, MAX_SPACING), MAX_SPACING);
    this.#right = fixed + (this.#width() - x) / this.#spacing;
    this.#pan(0);
  }

  #width() { return Math.max(50, this.element.clientWidth - this.#axis); }
  #height() { return Math.max(50, this.element.clientHeight - AXIS_BOTTOM); }
  #indexAt(x) { return this.#right - (this.#width() - x) / this.#spacing; }
  #x(index) { return this.#width() - (this.#right - index - 0.5) * this.#spacing; }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0) return; // hidden: it comes back as it was
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.lastWidth && this.lastWidth !== width) {
      this.#spacing *= this.#width() / Math.max(50, this.lastWidth - this.#axis);
    }
    this.lastWidth = width;
    this.#draw();
  }

  #readColours() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    this.colours = {
      up: colour('--up'), down: colour('--down'), text: colour('--text'), muted: colour('--muted'),
      band: colour('--accent-back'), grid: colour('--grid'), panel: colour('--panel'), label: colour('--crosshair'), onLabel: colour('--on-crosshair'),
    };
    this.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  }

  #invalidate() {
    this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#draw(); });
  }

  #draw() {
    const c = this.context, height = this.#height();
    c.clearRect(0, 0, this.element.clientWidth, this.element.clientHeight);
    c.font = this.font;
    c.textBaseline = 'middle';
    this.canvas.dataset.bars = this.#bars.length;
    this.canvas.dataset.last = this.#bars.at(-1)?.[4] ?? '';
    this.legend.textContent = '';
    if (this.#bars.length === 0) return;

    const from = clamp(Math.floor(this.#indexAt(0)), 0, this.#bars.length - 1);
    const to = clamp(Math.ceil(this.#right), from + 1, this.#bars.length);
    const scale = this.#scale(from, to, height);
    this.#axis = Math.max(AXIS_RIGHT_MIN, Math.ceil(c.measureText(this.#price(scale.high, scale.digits)).width) + 16);
    const width = this.#width();
    this.#drawBand(width, height);
    this.#drawGrid(from, to, scale, width, height);
    c.save();
    c.beginPath();
    c.rect(0, 0, width, height);
    c.clip();
    this.#drawVolume(from, to, height);
    this.#drawCandles(from, to, scale);
    this.#drawMarks(from, to, scale);
    this.#drawLevels(scale, width);
    c.restore();
    for (const level of this.#levels) this.#labelLevel(level, scale, width);
    this.#drawLast(scale, width);
    this.#drawCrosshair(scale, width, height);
    this.#drawLegend();
    this.#askForOlder(from);
  }

  #scale(from, to, height) {
    let low = Infinity, high = -Infinity;
    for (let i = from; i < to; i++) {
      low = Math.min(low, this.#bars[i][3]);
      high = Math.max(high, this.#bars[i][2]);
    }
    for (const { price } of this.#levels) {
      low = Math.min(low, price);
      high = Math.max(high, price);
    }
    const margin = (high - low) * 0.06 || Math.abs(high) * 0.01 || 1;
    low -= margin;
    high += margin;
    const bottom = height * (1 - VOLUME_SHARE) - 6;
    const step = niceStep((high - low) / Math.max(2, (bottom - TOP) / 48));
    const digits = Math.max(high < 1 ? 4 : 2, Math.ceil(-Math.log10(step) - 1e-9));
    return {
      low, high, step, digits,
      y: price => TOP + (high - price) / (high - low) * (bottom - TOP),
      price: y => high - (y - TOP) / (bottom - TOP) * (high - low),
    };
  }

  #drawGrid(from, to, scale, width, height) {
    const c = this.context;
    c.strokeStyle = this.colours.grid;
    c.fillStyle = this.colours.muted;
    c.lineWidth = 1;
    c.beginPath();
    c.textAlign = 'left';
    for (let price = Math.ceil(scale.low / scale.step) * scale.step; price < scale.high; price += scale.step) {
      const y = Math.round(scale.y(price)) + 0.5;
      c.moveTo(0, y);
      c.lineTo(width, y);
      c.fillText(this.#price(price, scale.digits), width + 8, y);
    }
    c.textAlign = 'center';
    for (const { x, text } of this.#timeTicks(from, to, width)) {
      c.moveTo(x, 0);
      c.lineTo(x, height);
      c.fillText(text, x, height + AXIS_BOTTOM / 2);
    }
    c.moveTo(0, height + 0.5);
    c.lineTo(width, height + 0.5);
    c.moveTo(width + 0.5, 0);
    c.lineTo(width + 0.5, height);
    c.stroke();
  }

  /** Where a larger unit of time begins, the mark weighs more; the heaviest are placed first. */
  #timeTicks(from, to, width) {
    const marks = [];
    let before = from > 0 ? this.#clock.wall(this.#bars[from - 1][0]) : null;
    for (let i = from; i < to; i++) {
      const at = this.#clock.wall(this.#bars[i][0]);
      if (before) marks.push({ i, ...this.#mark(before, at) });
      before = at;
    }
    const placed = [];
    for (const mark of marks.filter(m => m.weight > 0).sort((a, b) => b.weight - a.weight || a.i - b.i)) {
      const x = Math.round(this.#x(mark.i)) + 0.5;
      const apart = mark.weight >= 7 ? 38 : 64;
      const free = x > 16 && x < width - 16 && placed.every(other => Math.abs(other.x - x) >= apart);
      if (free) placed.push({ x, text: mark.text });
    }
    return placed;
  }

  #mark(before, at) {
    const year = at.getUTCFullYear(), month = at.getUTCMonth();
    if (year !== before.getUTCFullYear()) return { weight: 9, text: String(year) };
    if (month !== before.getUTCMonth()) return { weight: month % 3 === 0 ? 8 : 7, text: MONTHS[month] };
    if (at.getUTCDate() !== before.getUTCDate()) return { weight: 6, text: String(at.getUTCDate()) };
    if (this.#options.daily) return { weight: 0 };
    const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
    const weight = [[360, 5], [60, 4], [30, 3], [15, 2], [5, 1]].find(([step]) => minute % step === 0)?.[1] ?? 0.5;
    return { weight, text: `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}` };
  }

  #drawVolume(from, to, height) {
    const c = this.context, room = height * VOLUME_SHARE, body = Math.max(1, Math.floor(this.#spacing * 0.7));
    let most = 0;
    for (let i = from; i < to; i++) most = Math.max(most, this.#bars[i][5]);
    if (most === 0) return;
    c.globalAlpha = 0.38;
    for (let i = from; i < to; i++) {
      const bar = this.#bars[i], tall = bar[5] / most * room;
      c.fillStyle = bar[4] >= bar[1] ? this.colours.up : this.colours.down;
      c.fillRect(Math.round(this.#x(i) - body / 2), height - tall, body, tall);
    }
    c.globalAlpha = 1;
  }

  #drawCandles(from, to, scale) {
    const c = this.context, body = Math.max(1, Math.floor(this.#spacing * 0.7) | 1);
    for (let i = from; i < to; i++) {
      const [, open, high, low, close] = this.#bars[i];
      const x = Math.round(this.#x(i)), top = scale.y(Math.max(open, close)), bottom = scale.y(Math.min(open, close));
      c.fillStyle = close >= open ? this.colours.up : this.colours.down;
      c.fillRect(x, scale.y(high), 1, Math.max(1, scale.y(low) - scale.y(high)));
      if (body > 1) c.fillRect(x - (body - 1) / 2, top, body, Math.max(1, bottom - top));
    }
  }

  #drawBand(width, height) {
    if (!this.#band) return;
    const first = this.#bars.findIndex(bar => bar[0] >= this.#band[0]);
    const after = this.#bars.findIndex(bar => bar[0] > this.#band[1]);
    const left = clamp(this.#x(first) - this.#spacing / 2, 0, width);
    const right = clamp(this.#x((after < 0 ? this.#bars.length : after) - 1) + this.#spacing / 2, 0, width);
    this.context.fillStyle = this.colours.band;
    this.context.fillRect(left, 0, right - left, height);
    this.canvas.dataset.band = this.#band.join(' ');
  }

  #drawMarks(from, to, scale) {
    const c = this.context, size = clamp(this.#spacing, 5, 9);
    for (let i = from; i < to && this.#marks.size > 0; i++) {
      const x = Math.round(this.#x(i)) + 0.5;
      let under = scale.y(this.#bars[i][3]) + 4, over = scale.y(this.#bars[i][2]) - 4;
      for (const { shape, good } of this.#marks.get(this.#bars[i][0]) ?? []) {
        const [tip, base] = shape === 'up' ? [under, under + size] : [over, over - size];
        c.fillStyle = good == null ? this.colours.text : good ? this.colours.up : this.colours.down;
        c.beginPath();
        c.moveTo(x, tip);
        c.lineTo(x - size / 2, base);
        c.lineTo(x + size / 2, base);
        c.fill();
        if (shape === 'up') under += size + 2; else over -= size + 2;
      }
    }
    this.canvas.dataset.marks = [...this.#marks.values()].reduce((sum, marks) => sum + marks.length, 0);
  }

  #drawLevels(scale, width) {
    for (const { price, tone, time } of this.#levels) {
      const first = this.#bars.findIndex(bar => bar[0] >= time);
      const y = Math.round(scale.y(price)) + 0.5;
      this.#dashed(first < 0 ? 0 : Math.max(0, this.#x(first)), y, width, y, this.colours[tone]);
    }
    this.canvas.dataset.levels = this.#levels.length;
  }

  #labelLevel({ price, label, tone }, scale, width) {
    const c = this.context, y = scale.y(price) - 8, text = `${label} ${this.#price(price, scale.digits)}`;
    const wide = c.measureText(text).width + 6;
    c.fillStyle = this.colours.panel;
    c.fillRect(width - 3 - wide, y - 7, wide, 14);
    c.fillStyle = this.colours[tone];
    c.textAlign = 'right';
    c.fillText(text, width - 6, y);
  }

  #drawLast(scale, width) {
    const last = this.#bars.at(-1), y = Math.round(scale.y(last[4])) + 0.5;
    if (y < 0 || y > this.#height()) return;
    const colour = last[4] >= last[1] ? this.colours.up : this.colours.down;
    this.#dashed(0, y, width, y, colour);
    this.#label(width + 1, y, this.#price(last[4], scale.digits), colour, this.colours.panel);
  }

  #drawCrosshair(scale, width, height) {
    if (!this.#pointer || this.#pointer.x > width || this.#pointer.y > height) return;
    const i = this.#pointed(), x = Math.round(this.#x(i)) + 0.5, y = Math.round(this.#pointer.y) + 0.5;
    this.#dashed(x, 0, x, height, this.colours.muted);
    this.#dashed(0, y, width, y, this.colours.muted);
    this.#label(width + 1, y, this.#price(scale.price(y), scale.digits), this.colours.label, this.colours.onLabel);
    const c = this.context, text = this.#timeOf(this.#bars[i]), wide = c.measureText(text).width + 14;
    const left = clamp(x - wide / 2, 0, width - wide);
    c.fillStyle = this.colours.label;
    c.fillRect(left, height + 2, wide, AXIS_BOTTOM - 4);
    c.fillStyle = this.colours.onLabel;
    c.textAlign = 'center';
    c.fillText(text, left + wide / 2, height + AXIS_BOTTOM / 2);
  }

  #dashed(x1, y1, x2, y2, colour) {
    const c = this.context;
    c.strokeStyle = colour;
    c.setLineDash([3, 3]);
    c.beginPath();
    c.moveTo(x1, y1);
    c.lineTo(x2, y2);
    c.stroke();
    c.setLineDash([]);
  }

  #label(x, y, text, back, front) {
    const c = this.context;
    c.fillStyle = back;
    c.fillRect(x, y - 9, this.#axis - 1, 18);
    c.fillStyle = front;
    c.textAlign = 'left';
    c.fillText(text, x + 7, y);
  }

  #drawLegend() {
    const i = this.#pointed(), bar = this.#bars[i], [, open, high, low, close, volume, synthetic] = bar;
    const before = this.#bars[i - 1]?.[4], digits = high < 1 ? 4 : 2;
    const part = (name, value) => {
      const span = document.createElement('span');
      span.append(Object.assign(document.createElement('i'), { textContent: name }), value);
      return span;
    };
    this.legend.append(
      Object.assign(document.createElement('b'), { textContent: this.#timeOf(bar) }),
      part('O', this.#price(open, digits)), part('H', this.#price(high, digits)),
      part('L', this.#price(low, digits)), part('C', this.#price(close, digits)), part('V', compact(volume)));
    if (before) {
      const change = part('', `${signed(close - before, digits)} (${signed((close / before - 1) * 100, 2)}%)`);
      change.className = close >= before ? 'up' : 'down';
      this.legend.append(change);
    }
    for (const { shape, text } of this.#marks.get(bar[0]) ?? []) {
      this.legend.append(part(shape === 'up' ? '\u25B2' : '\u25BC', text));
    }
    if (synthetic) {
      this.legend.append(Object.assign(document.createElement('span'), { className: 'badge synthetic', textContent: 'Synthetic' }));
    }
  }

  #pointed() {
    const index = this.#pointer ? Math.floor(this.#indexAt(this.#pointer.x)) : this.#bars.length - 1;
    return clamp(index, 0, this.#bars.length - 1);
  }

  #price(value, digits) {
    return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  #timeOf(bar) {
    const at = this.#clock.wall(bar[0]);
    const date = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
    return this.#options.daily ? date : `${date} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  }

  async #askForOlder(from) {
    const first = this.#bars[0][0];
    if (from > 30 || this.#asking || this.#askedAt === first) return;
    this.#asking = true;
    this.#askedAt = first;
    try {
      await this.dotnet.invokeMethodAsync('NearStart');
    } catch { /* the page is being left */ }
    this.#asking = false;
  }
}
