/*
 * Makes a Markdown table of samples: medians, the lowest and the highest value, and how ours compares with the official
 * exporter in the same round.
 */
import { summaryOf } from './statistics.js';

/** The table of one group: `samples` has for each contender its figures, round by round. */
export function tableOf({ title, contenders, rows }, samples) {
  const shown = contenders.filter(contender => samples[contender] !== undefined && contender !== 'no-op');
  const baseline = samples['no-op'];
  const withBaseline = baseline === undefined ? shown : ['no-op', ...shown];
  const lines = rows
    .filter(({ metric }) => samples[shown[0]][0][metric] !== undefined)
    .map(row => {
      const values = contender => figuresOf(row, samples[contender], baseline);
      const cells = withBaseline.map(contender => cell(row, values(contender)));
      return [`${row.title}, ${row.unit}`, ...cells, ...ratioCells(row, shown, values)];
    });
  const compared = shown.includes('official');
  const heads = [title, ...withBaseline.map(name => NAMES[name]), ...(compared ? ratioHeads(shown) : [])];
  const loss = lossText(shown, samples);
  return [heads, heads.map((_, index) => (index === 0 ? '---' : '---:')), ...lines].map(toLine).join('\n') + loss;
}

export const NAMES = {
  'no-op': 'no-op',
  official: 'official',
  ours: 'azure-monitor-bridge',
  processor: '… span processor',
  ready: '… bytes ready',
  'otlp-http': 'OTLP JSON',
  'otlp-proto': 'OTLP protobuf',
};

function figuresOf({ metric, above }, samples, baseline) {
  return samples.map((sample, round) => sample[metric] - (above === true ? baseline[round][metric] : 0));
}

function cell({ digits = 2 }, values) {
  const { median, min, max } = summaryOf(values);
  const [middle, low, high] = [median, min, max].map(value => value.toFixed(digits));
  return low === high ? middle : `${middle} (${low}–${high})`;
}

const COMPARED = ['ours', 'processor', 'ready'];

function ratioHeads(shown) {
  return [...COMPARED.filter(name => shown.includes(name)).map(name => `${NAMES[name]} / official`), 'aim'];
}

function ratioCells(row, shown, values) {
  if (!shown.includes('official')) return [];
  const official = values('official');
  const cells = COMPARED.filter(name => shown.includes(name)).map(name => {
    const ratios = values(name).map((value, round) => value / official[round]);
    return cell({ digits: 2 }, ratios);
  });
  return [...cells, row.target === undefined ? '' : `≤ ${row.target}`];
}

function lossText(shown, samples) {
  const losses = shown.flatMap(contender => {
    const lost = samples[contender].reduce((sum, sample) => sum + (sample.lost ?? 0), 0);
    return lost === 0 ? [] : [`${NAMES[contender]} ${lost}`];
  });
  return losses.length === 0 ? '' : `\n\nItems that did not arrive, or arrived twice: ${losses.join(', ')}.`;
}

function toLine(cells) {
  return `| ${cells.join(' | ')} |`;
}
