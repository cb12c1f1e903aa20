/** What the local embedder is made of. One exact version each, because another one may give other vectors. */
export const ONNX_PACKAGES = [
  {
    name: 'onnxruntime-node',
    version: '1.30.0',
    integrity: 'sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==',
    dependencies: { 'onnxruntime-common': '1.30.0' },
  },
  {
    name: 'onnxruntime-common',
    version: '1.30.0',
    integrity: 'sha512-7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==',
    dependencies: {},
  },
  {
    name: '@huggingface/tokenizers',
    version: '0.2.0',
    integrity: 'sha512-LidMHe1FpcSYH4vcSjXooda34pC0M8m1gmDOv7SQi6Iv+ib1zX7J3sHBCC9/3FPCkn2k1b55FneVqMRxrr99pg==',
    dependencies: {},
  },
] as const;

/**
 * The manifest and the lock of the part, as npm reads them. The runtime also names packages that download more of it while it is installed; they are left
 * out, since no install script runs and its file in the registry holds all that a processor needs.
 */
export function onnxManifests(): { readonly manifest: object; readonly lock: object } {
  const head = { name: 'lauter-onnx', version: '1.0.0', private: true };
  const dependencies = Object.fromEntries(ONNX_PACKAGES.map(({ name, version }) => [name, version]));
  const packages = ONNX_PACKAGES.map(({ name, ...entry }) => [`node_modules/${name}`, entry] as const);
  return {
    manifest: { ...head, dependencies },
    lock: { ...head, lockfileVersion: 3, requires: true, packages: { '': { ...head, dependencies }, ...Object.fromEntries(packages) } },
  };
}
