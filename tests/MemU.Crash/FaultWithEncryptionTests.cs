namespace MemU.Crash;

public sealed class FaultWithEncryptionTests() : FaultSuite(Places.Encrypted);
