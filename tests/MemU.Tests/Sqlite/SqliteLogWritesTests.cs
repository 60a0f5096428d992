using System.Globalization;
using MemU.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemU.Tests.Sqlite;

/// <summary>What a commit hands on to the log: all of it, in few calls, before it says that it is done.</summary>
public sealed class SqliteLogWritesTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly SqliteHouse house = new();
    private readonly SqliteLogWrites log = new();

    public void Dispose() => house.Dispose();

    [Theory]
    [InlineData(1, 2000, "NORMAL", 4096)]
    [InlineData(1, 2000, "FULL", 4096)]
    [InlineData(40, 2000, "NORMAL", 4096)]
    [InlineData(3000, 32_000, "NORMAL", 4096)]
    [InlineData(3000, 32_000, "FULL", 512)]
    [InlineData(300, 2000, "NORMAL", 65_536)]
    [InlineData(3000, 40, "NORMAL", 4096)]
    [InlineData(3000, 40, "FULL", 1024)]
    public async Task A_commit_of_any_length_is_found_again_by_the_log_alone(int rows, int cacheKilobytes, string synchronous, int page)
    {
        using var connection = Open($"PRAGMA page_size = {page}; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA cache_size = -{cacheKilobytes}");
        connection.Run("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT NOT NULL, body BLOB NOT NULL); CREATE UNIQUE INDEX i ON t (word); PRAGMA wal_checkpoint(TRUNCATE)");

        foreach (var round in Enumerable.Range(0, 3))
        {
            // Words are scattered: with little cache pages go to the log before the commit, and are written anew there.
            await CommitAsync(connection, $"""
                INSERT INTO t SELECT NULL, hex(value * 7919 % 10007) || '-{round}', randomblob(value * 31 % 900) FROM {Numbers(rows)};
                UPDATE t SET body = randomblob(1000) WHERE id % 17 = {round}
                """);

            Assert.Equal($"{(round + 1) * rows}|ok", FoundInCopy());
        }
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("TRUNCATE")]
    [InlineData("PERSIST")]
    [InlineData("MEMORY")]
    [InlineData("OFF")]
    public async Task Without_a_log_a_commit_is_what_it_was(string journal)
    {
        using (var connection = Open($"PRAGMA journal_mode = {journal}; CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB NOT NULL)"))
        {
            await CommitAsync(connection, $"INSERT INTO t SELECT NULL, randomblob(900) FROM {Numbers(100)}");
            await CommitAsync(connection, "DELETE FROM t WHERE id > 50");
        }

        Assert.Equal(["50"], house.Query("SELECT COUNT(*) FROM t"));
        Assert.Equal(["ok"], house.Query("PRAGMA integrity_check"));
    }

    [Theory]
    [InlineData("FULL", 4096)]
    [InlineData("NORMAL", 1024)]
    public async Task What_a_commit_writes_and_reads_again_before_it_ends_is_read_as_it_was_written(string synchronous, int page)
    {
        // A file that gives its free pages back moves pages while it commits: with little cache they go to the log, and come back from it.
        using var connection = Open($"PRAGMA page_size = {page}; PRAGMA auto_vacuum = FULL; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA cache_size = 10");
        connection.Run("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT NOT NULL, body BLOB NOT NULL); CREATE UNIQUE INDEX i ON t (word)");
        await CommitAsync(connection, $"INSERT INTO t SELECT NULL, hex(value * 7919 % 10007), randomblob(value * 31 % 3000) FROM {Numbers(3000)}");

        await CommitAsync(connection, "DELETE FROM t WHERE id % 3 <> 0");

        Assert.Equal("1000|ok", FoundInCopy());
        Assert.Equal(["ok"], house.Query("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_nothing_for_the_next_commit()
    {
        using var connection = Open("PRAGMA journal_mode = WAL; PRAGMA cache_size = -40; CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");

        connection.Run($"BEGIN IMMEDIATE; INSERT INTO t SELECT NULL, randomblob(900) FROM {Numbers(1000)}; ROLLBACK");
        await CommitAsync(connection, "INSERT INTO t (body) VALUES (x'00')");
        house.Run($"INSERT INTO t SELECT NULL, randomblob(900) FROM {Numbers(100)}");
        await CommitAsync(connection, "INSERT INTO t (body) VALUES (x'01')");

        Assert.Equal("102|ok", FoundInCopy());
    }

    [Fact]
    public async Task A_commit_that_fails_writes_nothing_and_the_next_one_is_whole()
    {
        using var connection = Open(
            "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        connection.Run("BEGIN IMMEDIATE; INSERT INTO t VALUES (1, 1)");
        var before = new FileInfo(house.File + "-wal").Length;

        await Assert.ThrowsAsync<SqliteException>(() => log.RunAsync(connection, Commit));
        Assert.Equal(before, new FileInfo(house.File + "-wal").Length);
        connection.Run("INSERT INTO p VALUES (1)");
        await log.RunAsync(connection, Commit);

        Assert.Equal("1|ok", FoundInCopy());

        Task Commit()
        {
            connection.Run("COMMIT");
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(300, 24)]
    public async Task A_commit_makes_a_call_for_each_64_KiB_and_not_two_for_each_page(int rows, int most)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess && File.Exists("/proc/thread-self/io"), "Elsewhere SQLite writes for itself, or nobody counts.");
        using var connection = Open("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        connection.Run($"BEGIN IMMEDIATE; INSERT INTO t SELECT NULL, randomblob(2000) FROM {Numbers(rows)}");

        var calls = 0L;
        await log.RunAsync(connection, () =>
        {
            var before = Writes();
            connection.Run("COMMIT");
            calls = Writes() - before;
            return Task.CompletedTask;
        });

        Assert.InRange(calls, 1, most);
    }

    private static string Numbers(int most) => $"(WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {most}) SELECT value FROM n)";

    private static long Writes() =>
        long.Parse(File.ReadLines("/proc/thread-self/io").Single(l => l.StartsWith("syscw:", StringComparison.Ordinal))[6..], CultureInfo.InvariantCulture);

    private SqliteConnection Open(string settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = house.File, Pooling = false }.ToString());
        connection.Open();
        connection.Run(settings);
        return connection;
    }

    private async Task CommitAsync(SqliteConnection connection, string sql)
    {
        connection.Run($"BEGIN IMMEDIATE; {sql}");
        await log.RunAsync(connection, () =>
        {
            Token.ThrowIfCancellationRequested();
            connection.Run("COMMIT");
            return Task.CompletedTask;
        });
    }

    /// <summary>How many rows there are, and whether the file is whole, as a process sees it that finds the files after all others died.</summary>
    private string FoundInCopy()
    {
        var copy = Path.Combine(house.SubFolder("copy"), "memu.db");
        File.Delete(copy + "-shm");
        File.Copy(house.File, copy, overwrite: true);
        File.Copy(house.File + "-wal", copy + "-wal", overwrite: true);
        return house.Query("SELECT (SELECT COUNT(*) FROM t) || '|' || (SELECT group_concat(integrity_check) FROM pragma_integrity_check)", copy).Single();
    }
}
