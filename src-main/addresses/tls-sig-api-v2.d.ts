/** The vendor's library; it comes without types. Expiry in seconds from now. */
declare module 'tls-sig-api-v2' {
  interface Api {
    genUserSig(userId: string, expireSeconds: number): string
    genPrivateMapKey(userId: string, expireSeconds: number, roomId: number, privilegeMap: number): string
    genPrivateMapKeyWithStringRoomID(userId: string, expireSeconds: number, room: string, privilegeMap: number): string
  }
  /** CommonJS: everything hangs on one object. */
  const library: { Api: new (sdkAppId: number, secretKey: string) => Api }
  export default library
}
