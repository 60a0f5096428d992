namespace MemU.Crash;

public sealed class CrowdWithEncryptionTests() : CrowdSuite(Places.Encrypted);
