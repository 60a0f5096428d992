namespace MemU.Crash;

public sealed class CrowdWithSqliteVectorsTests() : CrowdSuite("sqlite");
