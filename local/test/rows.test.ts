import { expect } from 'chai';
import { checkItem } from '../src/envelope-check.ts';
import { toRow, type StoredRow } from '../src/rows.ts';
import { item, KEY, request } from './sample-items.ts';

const TIME = '2026-11-22T10:11:12.345Z';

/** The row of an item that arrives at the time it carries. */
function rowOf(whole: Record<string, unknown>): StoredRow {
  const { envelope, findings } = checkItem({ ...whole, time: TIME }, Date.parse(TIME));
  if (envelope === undefined) throw new Error(JSON.stringify(findings));
  return toRow(envelope, 321, 'item-1');
}

/** The classic columns every table has, for the item of sample-items.ts. */
const CLASSIC = {
  timestamp: new Date(TIME),
  itemId: 'item-1',
  customDimensions: {},
  operation_Id: '4bf92f3577b34da6a3ce929d0e0e4736',
  operation_ParentId: '',
  operation_Name: '',
  operation_SyntheticSource: '',
  session_Id: '',
  user_Id: '',
  user_AuthenticatedId: '',
  user_AccountId: '',
  application_Version: '',
  cloud_RoleName: 'shop',
  cloud_RoleInstance: '',
  client_Type: '',
  client_Model: '',
  client_OS: '',
  client_Browser: '',
  client_IP: '0.0.0.0',
  client_City: '',
  client_StateOrProvince: '',
  client_CountryOrRegion: '',
  sdkVersion: '',
  iKey: KEY,
};

describe('a row', () => {
  it('shows a request under its classic columns', () => {
    const whole = request(
      {
        url: 'https://shop.example/orders?page=2',
        source: 'cid-v1:front',
        success: false,
        responseCode: '503',
        duration: '0.00:00:03.1234567',
        properties: { tenant: 'blue' },
        measurements: { items: 3 },
      },
      {
        sampleRate: 25,
        tags: {
          'ai.operation.id': 'op',
          'ai.operation.parentId': 'parent',
          'ai.operation.name': 'GET /orders',
          'ai.operation.syntheticSource': 'True',
          'ai.session.id': 'session',
          'ai.user.id': 'user',
          'ai.user.authUserId': 'user@shop.example',
          'ai.user.accountId': 'account',
          'ai.application.ver': '1.2.3',
          'ai.cloud.role': 'shop.orders',
          'ai.cloud.roleInstance': 'pod-7',
          'ai.device.type': 'PC',
          'ai.device.model': 'box',
          'ai.device.osVersion': 'Linux 6.1',
          'ai.location.ip': '203.0.113.9',
          'ai.internal.sdkVersion': 'amb:0.1.0',
        },
      },
    );
    expect(rowOf(whole)).to.deep.equal({
      table: 'requests',
      bytes: 321,
      classic: {
        timestamp: new Date(TIME),
        itemId: 'item-1',
        itemType: 'request',
        customDimensions: { tenant: 'blue' },
        operation_Id: 'op',
        operation_ParentId: 'parent',
        operation_Name: 'GET /orders',
        operation_SyntheticSource: 'True',
        session_Id: 'session',
        user_Id: 'user',
        user_AuthenticatedId: 'user@shop.example',
        user_AccountId: 'account',
        application_Version: '1.2.3',
        cloud_RoleName: 'shop.orders',
        cloud_RoleInstance: 'pod-7',
        client_Type: 'PC',
        client_Model: 'box',
        client_OS: 'Linux 6.1',
        client_Browser: '',
        client_IP: '0.0.0.0',
        client_City: '',
        client_StateOrProvince: '',
        client_CountryOrRegion: '',
        sdkVersion: 'amb:0.1.0',
        iKey: KEY,
        itemCount: 4,
        customMeasurements: { items: 3 },
        id: '00f067aa0ba902b7',
        name: 'GET /orders',
        url: 'https://shop.example/orders?page=2',
        source: 'cid-v1:front',
        resultCode: '503',
        success: 'False',
        duration: 3123.4567,
        performanceBucket: '3sec-7sec',
      },
      workspace: {
        TimeGenerated: new Date(TIME),
        _ItemId: 'item-1',
        Type: 'AppRequests',
        Properties: { tenant: 'blue' },
        OperationId: 'op',
        ParentId: 'parent',
        OperationName: 'GET /orders',
        SyntheticSource: 'True',
        SessionId: 'session',
        UserId: 'user',
        UserAuthenticatedId: 'user@shop.example',
        UserAccountId: 'account',
        AppVersion: '1.2.3',
        AppRoleName: 'shop.orders',
        AppRoleInstance: 'pod-7',
        ClientType: 'PC',
        ClientModel: 'box',
        ClientOS: 'Linux 6.1',
        ClientBrowser: '',
        ClientIP: '0.0.0.0',
        ClientCity: '',
        ClientStateOrProvince: '',
        ClientCountryOrRegion: '',
        SDKVersion: 'amb:0.1.0',
        IKey: KEY,
        _BilledSize: 321,
        _IsBillable: 'True',
        SourceSystem: 'Azure',
        ItemCount: 4,
        Measurements: { items: 3 },
        Id: '00f067aa0ba902b7',
        Name: 'GET /orders',
        Url: 'https://shop.example/orders?page=2',
        Source: 'cid-v1:front',
        ResultCode: '503',
        Success: false,
        DurationMs: 3123.4567,
      },
    });
  });

  const SAMPLED = { ...CLASSIC, itemCount: 1, customMeasurements: {} };
  const exception = {
    id: 1,
    outerId: 0,
    typeName: 'Error',
    message: 'no stock',
    hasFullStack: true,
    parsedStack: [{ level: 0, method: 'reserve', assembly: 'shop', fileName: 'stock.ts', line: 12 }],
  };
  const cause = { id: 2, outerId: 1, typeName: 'TypeError', message: 'no id', stack: 'TypeError: no id\n    at x' };

  const tables: [string, string, object, object][] = [
    [
      'a dependency',
      'RemoteDependencyData',
      {
        id: 'dep-1',
        name: 'SELECT orders',
        type: 'postgresql',
        target: 'db|shop',
        data: 'SELECT 1',
        resultCode: '0',
        duration: '00:05:00',
      },
      {
        ...SAMPLED,
        itemType: 'dependency',
        id: 'dep-1',
        name: 'SELECT orders',
        type: 'postgresql',
        target: 'db|shop',
        data: 'SELECT 1',
        resultCode: '0',
        success: 'True',
        duration: 300_000,
        performanceBucket: '>=5min',
      },
    ],
    [
      'a message',
      'MessageData',
      { message: 'stock is low', severityLevel: 'Warning' },
      { ...SAMPLED, itemType: 'trace', message: 'stock is low', severityLevel: 2 },
    ],
    [
      'a message without a severity',
      'MessageData',
      { message: 'stock is low' },
      { ...SAMPLED, itemType: 'trace', message: 'stock is low', severityLevel: null },
    ],
    [
      'an exception with its cause',
      'ExceptionData',
      { exceptions: [exception, cause], severityLevel: 3 },
      {
        ...SAMPLED,
        itemType: 'exception',
        problemId: 'Error at reserve',
        handledAt: '',
        type: 'Error',
        message: 'no stock',
        assembly: 'shop',
        method: 'reserve',
        outerType: 'Error',
        outerMessage: 'no stock',
        outerAssembly: 'shop',
        outerMethod: 'reserve',
        innermostType: 'TypeError',
        innermostMessage: 'no id',
        innermostAssembly: '',
        innermostMethod: '',
        severityLevel: 3,
        details: [
          {
            id: '1',
            outerId: '0',
            type: 'Error',
            message: 'no stock',
            parsedStack: [{ level: 0, method: 'reserve', assembly: 'shop', fileName: 'stock.ts', line: 12 }],
          },
          { id: '2', outerId: '1', type: 'TypeError', message: 'no id', rawStack: 'TypeError: no id\n    at x' },
        ],
      },
    ],
    [
      'an event',
      'EventData',
      { name: 'order placed', properties: { tenant: 'blue' } },
      { ...SAMPLED, itemType: 'customEvent', customDimensions: { tenant: 'blue' }, name: 'order placed' },
    ],
    [
      'an aggregated metric',
      'MetricData',
      { metrics: [{ name: 'stock', value: 90, count: 3, min: 10, max: 50, kind: 'Aggregation' }] },
      {
        ...CLASSIC,
        itemType: 'customMetric',
        name: 'stock',
        value: 90,
        valueSum: 90,
        valueCount: 3,
        valueMin: 10,
        valueMax: 50,
      },
    ],
    [
      'a single measurement',
      'MetricData',
      { metrics: [{ name: 'stock', value: 7 }] },
      {
        ...CLASSIC,
        itemType: 'customMetric',
        name: 'stock',
        value: 7,
        valueSum: 7,
        valueCount: 1,
        valueMin: 7,
        valueMax: 7,
      },
    ],
    [
      'a counter with an instance',
      'MetricData',
      { metrics: [{ name: '\\Process(??APP_WIN32_PROC??)\\% Processor Time', value: 12.5 }] },
      {
        ...CLASSIC,
        itemType: 'performanceCounter',
        name: '% Processor Time',
        category: 'Process',
        counter: '% Processor Time',
        instance: '??APP_WIN32_PROC??',
        value: 12.5,
      },
    ],
    [
      'a counter without an instance',
      'MetricData',
      { metrics: [{ name: '\\Memory\\Available Bytes', value: 1024 }] },
      {
        ...CLASSIC,
        itemType: 'performanceCounter',
        name: 'Available Bytes',
        category: 'Memory',
        counter: 'Available Bytes',
        instance: '',
        value: 1024,
      },
    ],
    [
      'a counter of the old kind',
      'PerformanceCounterData',
      { categoryName: 'Memory', counterName: 'Available Bytes', instanceName: 'total', value: 1024 },
      {
        ...CLASSIC,
        itemType: 'performanceCounter',
        name: 'Available Bytes',
        category: 'Memory',
        counter: 'Available Bytes',
        instance: 'total',
        value: 1024,
      },
    ],
    [
      'an availability result',
      'AvailabilityData',
      {
        id: 'a-1',
        name: 'front page',
        runLocation: 'West Europe',
        success: true,
        duration: '00:00:00.3',
        message: 'ok',
      },
      {
        ...SAMPLED,
        itemType: 'availabilityResult',
        id: 'a-1',
        name: 'front page',
        location: 'West Europe',
        success: '1',
        message: 'ok',
        duration: 300,
        performanceBucket: '250ms-500ms',
        size: null,
      },
    ],
    [
      'a page view without a duration',
      'PageViewData',
      { id: 'p-1', name: 'cart', url: 'https://shop.example/cart' },
      {
        ...SAMPLED,
        itemType: 'pageView',
        id: 'p-1',
        name: 'cart',
        url: 'https://shop.example/cart',
        duration: null,
        performanceBucket: '',
      },
    ],
  ];
  for (const [what, baseType, baseData, expected] of tables) {
    it(`shows ${what}`, () => expect(rowOf(item(baseType, baseData)).classic).to.deep.equal(expected));
  }

  it('gives metrics the names of the workspace table', () => {
    const { workspace } = rowOf(
      item('MetricData', { metrics: [{ name: 'stock', value: 90, count: 3, min: 10, max: 50 }] }),
    );
    const { Type, Name, Sum, ItemCount, Min, Max } = workspace;
    expect({ Type, Name, Sum, ItemCount, Min, Max }).to.deep.equal({
      Type: 'AppMetrics',
      Name: 'stock',
      Sum: 90,
      ItemCount: 3,
      Min: 10,
      Max: 50,
    });
  });

  const buckets: [string, string][] = [
    ['00:00:00.249', '<250ms'],
    ['00:00:00.250', '250ms-500ms'],
    ['00:00:00.500', '500ms-1sec'],
    ['00:00:01', '1sec-3sec'],
    ['00:00:03', '3sec-7sec'],
    ['00:00:07', '7sec-15sec'],
    ['00:00:15', '15sec-30sec'],
    ['00:00:30', '30sec-1min'],
    ['00:01:00', '1min-2min'],
    ['00:02:00', '2min-5min'],
    ['00:05:00', '>=5min'],
  ];
  for (const [duration, bucket] of buckets) {
    it(`puts ${duration} into ${bucket}`, () => {
      expect(rowOf(request({ duration })).classic.performanceBucket).to.equal(bucket);
    });
  }

  const rates: [unknown, number][] = [
    [undefined, 1],
    [100, 1],
    [50, 2],
    [16.667, 6],
    [0.1, 1000],
    [0, 1],
    [-5, 1],
    ['abc', 1],
  ];
  for (const [sampleRate, count] of rates) {
    it(`counts ${count} for a sample rate of ${String(sampleRate)}`, () => {
      expect(rowOf(request({}, { sampleRate })).classic.itemCount).to.equal(count);
    });
  }

  it('cuts properties as Azure does, and never through a character', () => {
    const properties = {
      [`${'k'.repeat(149)}😀`]: 'v',
      long: `${'x'.repeat(8191)}😀`,
      'gen_ai.input.messages': 'y'.repeat(9000),
    };
    expect(rowOf(request({ properties })).classic.customDimensions).to.deep.equal({
      ['k'.repeat(149)]: 'v',
      long: 'x'.repeat(8191),
      'gen_ai.input.messages': 'y'.repeat(9000),
    });
  });

  it('keeps property names that mean something to JavaScript', () => {
    const properties: unknown = JSON.parse('{"__proto__":"a","constructor":"b"}');
    const { customDimensions } = rowOf(request({ properties })).classic;
    expect(JSON.stringify(customDimensions)).to.equal('{"__proto__":"a","constructor":"b"}');
    expect(({} as { a?: unknown }).a).to.equal(undefined);
  });
});
