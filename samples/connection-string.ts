/** Where the samples send. Without it they say what to set, and end. */
export const connectionString: string = process.env['APPLICATIONINSIGHTS_CONNECTION_STRING'] ?? sayWhatToSet();

function sayWhatToSet(): never {
  console.error(`Set APPLICATIONINSIGHTS_CONNECTION_STRING to the connection string of an Application Insights resource, or
to the one that "npx azure-monitor-local" prints.`);
  process.exit(1);
}
