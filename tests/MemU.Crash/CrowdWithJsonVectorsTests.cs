namespace MemU.Crash;

public sealed class CrowdWithJsonVectorsTests() : CrowdSuite("json");
