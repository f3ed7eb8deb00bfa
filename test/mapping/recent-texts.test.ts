import { expect } from 'chai';
import { RecentTexts } from '../../src/mapping/recent-texts.ts';

describe('RecentTexts', () => {
  it('makes a text once, and gives the same again', () => {
    const made: string[] = [];
    const texts = new RecentTexts();
    const shout = (text: string): string => texts.get(text, () => (made.push(text), text.toUpperCase()));
    expect([shout('a'), shout('b'), shout('a')]).to.deep.equal(['A', 'B', 'A']);
    expect(made).to.deep.equal(['a', 'b']);
  });

  it('remembers what keeps coming, and forgets what has not come for a thousand others', () => {
    const made: string[] = [];
    const texts = new RecentTexts();
    const make = (text: string): string => texts.get(text, () => (made.push(text), text));
    make('rare');
    for (let number = 0; number < 2000; number += 1) {
      make(`text ${number}`);
      if (number % 100 === 0) make('frequent');
    }
    make('rare');
    make('frequent');
    expect(made.filter(text => text === 'rare')).to.have.length(2);
    expect(made.filter(text => text === 'frequent')).to.have.length(1);
  });
});
