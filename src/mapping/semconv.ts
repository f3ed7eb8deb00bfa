/*
 * One fact, all the names it has had, the current name first.
 *
 * Source: OpenTelemetry semantic conventions 1.45, https://opentelemetry.io/docs/specs/semconv/
 */
import type { Names } from './attributes.ts';

// https://opentelemetry.io/docs/specs/semconv/resource/service/
export const SERVICE_NAME: Names = ['service.name'];
export const SERVICE_NAMESPACE: Names = ['service.namespace'];
export const SERVICE_VERSION: Names = ['service.version'];

/** Which instance of a role, the most telling first. https://opentelemetry.io/docs/specs/semconv/resource/k8s/ */
export const ROLE_INSTANCE: Names = ['k8s.pod.name', 'service.instance.id'];

/** What runs a service that was given no name. */
export const KUBERNETES_WORKLOAD: Names = [
  'k8s.deployment.name',
  'k8s.replicaset.name',
  'k8s.statefulset.name',
  'k8s.job.name',
  'k8s.cronjob.name',
  'k8s.daemonset.name',
];

// https://opentelemetry.io/docs/specs/semconv/resource/device/
export const DEVICE_ID: Names = ['device.id'];
export const DEVICE_MODEL: Names = ['device.model.name', 'device.model.identifier'];
export const DEVICE_MANUFACTURER: Names = ['device.manufacturer'];
