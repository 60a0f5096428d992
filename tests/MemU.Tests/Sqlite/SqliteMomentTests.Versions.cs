using System.Globalization;
using MemU.Sqlite;
using MemU.Storage;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>The version of a space through all that can happen to its database, whoever does it.</summary>
public sealed partial class SqliteMomentTests
{
    // Of the one host and of another; the rest is done by other programs.
    private static readonly string[] Deeds =
    [
        "commit", "commit", "commit there", "commit large", "commit nothing", "fail", "give up", "remove", "settle", "settle there", "erase", "erase there",
        "close", "restore", "restore there", "reset there", "exchange", "epoch", "touch", "vacuum", "passive", "full", "restart", "truncate",
    ];

    [Theory]
    [InlineData(true, 1, false)]
    [InlineData(false, 2, false)]
    [InlineData(false, 3, false)]
    [InlineData(true, 4, true)]
    [InlineData(false, 5, true)]
    public async Task The_version_of_a_space_is_the_stored_one_whatever_happens_to_the_database(bool holdsVectors, int seed, bool looksLast)
    {
        // If looks at the files last for ever, all must be seen but who exchanges the file.
        house.Looks = looksLast ? house.Clock : house.Looks;
        var deeds = looksLast ? [.. Deeds.Where(d => d != "exchange")] : Deeds;
        var random = new Random(seed);
        var ids = new IdSource(house.Clock, 1);
        var (database, other) = (house.OpenDatabase(), house.OpenDatabase());
        await using var store = new Sql.SqlMemoryStore(database, holdsVectors, house.Clock);
        await using var there = new Sql.SqlMemoryStore(other, holdsVectors, house.Clock);
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var backup = house.SubFolder("backup");
        await database.BackUpAsync(backup, null, Token);
        for (var i = 0; i < 400; i++)
        {
            var deed = deeds[random.Next(deeds.Length)];
            var scope = random.Next(4) == 0 ? Bob : Alice;
            house.Clock.Advance(looksLast ? default : TimeSpan.FromMilliseconds(random.Next(3)));
            await DoAsync(deed, scope);

            // Twice: what is read from the database is remembered too. The other space first, so that one note must not stand for both.
            foreach (var asked in new[] { scope == Alice ? Bob : Alice, scope, scope })
            {
                Assert.True(Version(asked) == await store.GetVersionAsync(asked, Token), $"{i}: after '{deed}' in '{scope}', '{asked}'");
                Assert.True(Version(asked) == await there.GetVersionAsync(asked, Token), $"{i}: after '{deed}' in '{scope}', '{asked}' there");
            }

            await DoAsync("commit", scope);
            Assert.True(Version(scope) == await store.GetVersionAsync(scope, Token), $"{i}: after '{deed}' and a commit in '{scope}'");
        }

        async Task DoAsync(string deed, MemoryScope scope)
        {
            var sample = house.Sample(scope, ids);
            using var ending = new CancellationTokenSource();
            switch (deed)
            {
                case "commit":
                    await store.CommitAsync(scope, sample, Token);
                    break;
                case "commit there":
                    await there.CommitAsync(scope, sample, Token);
                    break;
                case "commit large":
                    // More than the log may have before it is folded in.
                    await store.CommitAsync(scope, house.Sample(scope, ids, new string('x', 6_000_000)), Token);
                    break;
                case "commit nothing":
                    await store.CommitAsync(scope, new MemoryChanges(), Token);
                    break;
                case "fail":
                    await Assert.ThrowsAsync<InvalidOperationException>(
                        () => store.CommitAsync(scope, sample with { Precondition = () => throw new InvalidOperationException() }, Token));
                    break;
                case "give up":
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.CommitAsync(scope, sample with { Precondition = ending.Cancel }, ending.Token));
                    break;
                case "remove":
                    var resources = (await store.ListResourcesAsync(scope, new PageRequest(), Token)).Items.Select(r => r.Id).ToList();
                    await store.CommitAsync(scope, new MemoryChanges { RemovedResources = resources }, Token);
                    break;
                case "settle" or "settle there":
                    var settling = deed == "settle" ? store : there;
                    await settling.SettleOwedVectorsAsync(scope, await settling.ListOwedVectorsAsync(scope, 1000, Token), Token);
                    break;
                case "erase" or "erase there":
                    await (deed == "erase" ? store : there).EraseAsync(scope, Token);
                    await (deed == "erase" ? database : other).ScrubAsync([scope], Token);
                    break;
                case "close":
                    database.Dispose();
                    break;
                case "restore" or "restore there":
                    await (deed == "restore" ? database : other).RestoreAsync(backup, null, Token);
                    break;
                case "reset there":
                    await other.ResetAsync(Token);
                    await there.CommitAsync(scope, sample, Token);
                    break;
                case "exchange":
                    Exchange(backup);
                    break;
                case "epoch":
                    house.Run("UPDATE spaces SET epoch = epoch + 1");
                    break;
                case "touch":
                    house.Run("UPDATE spaces SET created_at = created_at + 1");
                    break;
                case "vacuum":
                    house.Run("VACUUM");
                    break;
                default:
                    house.Run($"PRAGMA wal_checkpoint({deed})");
                    break;
            }
        }
    }

    [Fact]
    public async Task What_was_committed_is_seen_at_once_though_others_are_asking_all_the_time()
    {
        await using var store = house.Open();
        await using var there = house.Open();
        var ids = new IdSource(house.Clock, 1);
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        using var enough = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var before = 0L; !enough.IsCancellationRequested;)
            {
                var now = (await store.GetVersionAsync(Alice, Token)).Revision;
                Assert.True(now >= before);
                before = now;
            }
        })).ToList();
        try
        {
            for (var i = 0; i < 600; i++)
            {
                var receipt = await (i % 3 == 0 ? store : there).CommitAsync(Alice, new MemoryChanges(), Token);
                Assert.Equal(receipt.Revision, (await store.GetVersionAsync(Alice, Token)).Revision);
            }
        }
        finally
        {
            await enough.CancelAsync();
        }

        await Task.WhenAll(asking);
    }

    /// <summary>Puts the file of a backup in the place of the one that is there, as somebody may who thinks that nobody uses it.</summary>
    private void Exchange(string backup)
    {
        foreach (var file in new[] { house.File, house.File + "-wal", house.File + "-shm" })
        {
            File.Delete(file);
        }

        var copy = house.File + ".copy";
        File.Copy(Directory.GetFiles(backup).Single(), copy);
        File.Move(copy, house.File);
    }

    private SpaceVersion Version(MemoryScope scope)
    {
        const string Loose = "SELECT l.revision FROM loose_vectors l WHERE l.place BETWEEN s.number * 4294967296 AND s.number * 4294967296 + 4294967295 ORDER BY l.place DESC LIMIT 1";
        return house.Query($"SELECT epoch || ' ' || MAX(revision, COALESCE(({Loose}), 0)) FROM spaces s WHERE user_id = '{scope.User}'") is [var row]
            && row.Split(' ') is [var epoch, var revision]
                ? new SpaceVersion(long.Parse(epoch, CultureInfo.InvariantCulture), long.Parse(revision, CultureInfo.InvariantCulture))
                : default;
    }
}
