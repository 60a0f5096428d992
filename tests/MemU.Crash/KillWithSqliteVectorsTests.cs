namespace MemU.Crash;

public sealed class KillWithSqliteVectorsTests() : KillSuite("sqlite");
