namespace MemU.Crash;

public sealed class FaultWithJsonVectorsTests() : FaultSuite("json");
