namespace MemU.Crash;

public sealed class KillWithJsonVectorsTests() : KillSuite("json");
