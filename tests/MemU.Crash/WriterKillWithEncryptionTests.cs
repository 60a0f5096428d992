namespace MemU.Crash;

public sealed class WriterKillWithEncryptionTests() : WriterKillSuite(Places.Encrypted);
