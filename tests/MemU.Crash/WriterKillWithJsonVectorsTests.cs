namespace MemU.Crash;

public sealed class WriterKillWithJsonVectorsTests() : WriterKillSuite("json");
