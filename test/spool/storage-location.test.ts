import { expect } from 'chai';
import { defaultStorageDirectories, folderNameFor, type Machine } from '../../src/spool/storage-location.ts';

const LINUX: Machine = {
  platform: 'linux',
  environment: {},
  homeDirectory: '/home/me',
  temporaryDirectory: '/tmp',
  uid: 1000,
};
const TEMPORARY = ['/var/tmp/azure-monitor-bridge-1000', '/tmp/azure-monitor-bridge-1000'];

describe('the default places of the spool', () => {
  const cases: [string, Partial<Machine>, string[]][] = [
    ['in the state directory of the user', {}, ['/home/me/.local/state/azure-monitor-bridge', ...TEMPORARY]],
    [
      'where XDG_STATE_HOME says',
      { environment: { XDG_STATE_HOME: '/state' } },
      ['/state/azure-monitor-bridge', ...TEMPORARY],
    ],
    [
      'not where XDG_STATE_HOME says something relative',
      { environment: { XDG_STATE_HOME: 'state' } },
      ['/home/me/.local/state/azure-monitor-bridge', ...TEMPORARY],
    ],
    ['in temporary directories for a user without a home', { homeDirectory: '' }, TEMPORARY],
    [
      'in the Library of macOS',
      { platform: 'darwin', homeDirectory: '/Users/me' },
      ['/Users/me/Library/Application Support/azure-monitor-bridge', ...TEMPORARY],
    ],
    [
      'where XDG_STATE_HOME says on macOS, too',
      { platform: 'darwin', homeDirectory: '/Users/me', environment: { XDG_STATE_HOME: '/state' } },
      ['/state/azure-monitor-bridge', ...TEMPORARY],
    ],
    [
      'in the local application data of Windows',
      {
        platform: 'win32',
        homeDirectory: 'C:\\Users\\me',
        environment: { LOCALAPPDATA: 'D:\\Local' },
        temporaryDirectory: 'C:\\Temp',
        uid: undefined,
      },
      ['D:\\Local\\azure-monitor-bridge', 'C:\\Temp\\azure-monitor-bridge'],
    ],
    [
      'in the profile on Windows when no variable says where',
      { platform: 'win32', homeDirectory: 'C:\\Users\\me', temporaryDirectory: 'C:\\Temp', uid: undefined },
      ['C:\\Users\\me\\AppData\\Local\\azure-monitor-bridge', 'C:\\Temp\\azure-monitor-bridge'],
    ],
    [
      'named once when two of them are the same',
      { temporaryDirectory: '/var/tmp' },
      ['/home/me/.local/state/azure-monitor-bridge', '/var/tmp/azure-monitor-bridge-1000'],
    ],
  ];
  for (const [what, machine, expected] of cases) {
    it(`are ${what}`, () => {
      expect(defaultStorageDirectories({ ...LINUX, ...machine })).to.deep.equal(expected);
    });
  }
});

describe('folderNameFor', () => {
  it('gives the same name for the same destination', () => {
    expect(folderNameFor('https://endpoint', 'key')).to.equal('1e0e462b00d82917d6aa07a03d371189');
  });

  it('gives other names for other destinations, however the texts are cut', () => {
    const names = [['a', 'b'], ['ab'], ['a', 'b', ''], ['', 'ab'], ['b', 'a'], ['a","b']].map(destination =>
      folderNameFor(...destination),
    );
    expect(new Set(names).size).to.equal(6);
  });
});
