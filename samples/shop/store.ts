/** The tables of the shop and everything that is asked of them. No word of telemetry: the pg instrumentation sees all. */
import pg from 'pg';

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly cents: number;
  readonly stock: number;
}

export interface Order {
  readonly id: number;
  readonly sku: string;
  readonly quantity: number;
  readonly cents: number;
}

/** An order on its way to the invoices, with the headers that carry its trace. */
export interface Message {
  readonly order: Order;
  readonly headers: Record<string, string>;
}

// One connection: PGlite serves one client.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
// When the database ends first, an error that nobody listens to would take the service down.
pool.on('error', () => {}).on('connect', client => client.on('error', () => {}));

/** Creates the tables and fills the shelves. The last tea is nearly sold out. */
export async function createTables(): Promise<void> {
  await query(`
    CREATE TABLE products (sku text PRIMARY KEY, name text, cents int, stock int CONSTRAINT in_stock CHECK (stock >= 0));
    CREATE TABLE orders (id serial PRIMARY KEY, sku text, quantity int, cents int, invoice text);
    CREATE TABLE outbox (id serial PRIMARY KEY, order_id int, headers jsonb);
    INSERT INTO products VALUES
      ('assam', 'Assam, second flush', 890, 900), ('sencha', 'Sencha from Uji', 1450, 900),
      ('keemun', 'Keemun Mao Feng', 1990, 900), ('tieguanyin', 'Tie Guan Yin, 2026', 4900, 8)`);
}

export async function allProducts(): Promise<Product[]> {
  return (await query<Product>('SELECT * FROM products ORDER BY sku')).rows;
}

export async function productOf(sku: string): Promise<Product | undefined> {
  return (await query<Product>('SELECT * FROM products WHERE sku = $1', [sku])).rows[0];
}

/**
 * Takes the goods off the shelf and puts down the order and, in the same transaction, its message.
 *
 * @returns `undefined` when there is not enough left: the database's own constraint decides
 */
export async function placeOrder(
  sku: string,
  quantity: number,
  headers: Message['headers'],
): Promise<Order | undefined> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE products SET stock = stock - $2 WHERE sku = $1', [sku, quantity]);
    const placed = await client.query<Order>(
      `INSERT INTO orders (sku, quantity, cents) SELECT sku, $2::int, $2 * cents FROM products WHERE sku = $1
       RETURNING id, sku, quantity, cents`,
      [sku, quantity],
    );
    await client.query('INSERT INTO outbox (order_id, headers) VALUES ($1, $2)', [placed.rows[0]?.id, headers]);
    await client.query('COMMIT');
    return placed.rows[0];
  } catch (error) {
    await client.query('ROLLBACK');
    if (error instanceof pg.DatabaseError && error.constraint === 'in_stock') return undefined;
    throw error;
  } finally {
    client.release();
  }
}

/** Takes the messages that wait, oldest first. */
export async function takeMessages(): Promise<Message[]> {
  const taken = await query<Message>(`
    WITH taken AS (DELETE FROM outbox RETURNING id, order_id, headers)
    SELECT to_json(orders) AS order, taken.headers FROM taken JOIN orders ON orders.id = order_id ORDER BY taken.id`);
  return taken.rows;
}

export async function keepInvoice(orderId: number, invoice: string): Promise<void> {
  await query('UPDATE orders SET invoice = $2 WHERE id = $1', [orderId, invoice]);
}

/** What tomorrow may bring, from fifty thousand dice: slow because it computes, not because it waits. */
export async function salesForecast(): Promise<{ sku: string; cents: number }[]> {
  const forecast = await query<{ sku: string; cents: number }>(`
    SELECT sku, percentile_cont(0.95) WITHIN GROUP (ORDER BY cents * random()) AS cents
    FROM orders, generate_series(1, 50000 / (SELECT count(*) + 1 FROM orders)::int) GROUP BY sku`);
  return forecast.rows;
}

/**
 * One query on the one connection.
 *
 * Not `pool.query`: that runs in the context of whoever gave the connection back, and with it in their trace.
 */
async function query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<R>> {
  const client = await pool.connect();
  try {
    return await client.query<R>(text, values);
  } finally {
    client.release();
  }
}
