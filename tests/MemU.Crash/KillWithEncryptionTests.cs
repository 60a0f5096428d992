namespace MemU.Crash;

public sealed class KillWithEncryptionTests() : KillSuite(Places.Encrypted);
