import { join } from 'node:path'
import type { Logger } from '../../base/logger.ts'
import type { SecretStore } from '../host.ts'
import { openSecretFile, plainCoding, type SecretCoding } from '../secret-file.ts'
import type { ElectronApi } from './electron-api.ts'

/**
 * Secrets encrypted by the system's key store. Where there is none (Linux without a key ring: Electron
 * would "encrypt" with a password that everybody knows), a file that only this user may read, and the
 * studio says so.
 */
export async function openSecrets(safeStorage: ElectronApi['safeStorage'], dataDir: string, platform: NodeJS.Platform, log: Logger): Promise<SecretStore> {
  const path = join(dataDir, 'secrets.json')
  const isReal = await safeStorage.isAsyncEncryptionAvailable().catch(() => false)
  if (isReal && !(platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()))) return openSecretFile(path, encryptedBy(safeStorage))
  log.warn('the system has no key store: keys are kept in a file that only this user may read')
  return openSecretFile(path, plainCoding)
}

const encryptedBy = (safeStorage: ElectronApi['safeStorage']): SecretCoding => ({
  protection: 'encrypted',
  encode: async (value) => (await safeStorage.encryptStringAsync(value)).toString('base64'),
  decode: async (stored) => (await safeStorage.decryptStringAsync(Buffer.from(stored, 'base64'))).result,
})
