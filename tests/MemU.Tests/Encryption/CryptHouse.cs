using System.Security.Cryptography;
using MemU.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Tests.Encryption;

/// <summary>A data folder that hosts open with one key or another, as programs would one after the other or at once.</summary>
internal sealed class CryptHouse : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ServiceProvider> opened = [];

    public static MemoryScope Alice { get; } = new("alice", "assistant");

    public static MemoryScope Bob { get; } = new("bob", "assistant");

    public string Data => folder.At("data");

    public string Keys => folder.At("data", "keys");

    public string At(params string[] parts) => folder.At(parts);

    public static byte[] Key(byte of) => SHA256.HashData([of]);

    /// <summary>A host with this key; null for one without encryption.</summary>
    public ServiceProvider Open(byte? key = 1, Action<MemUBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddMemU().UseSqlite(Path.Combine(Data, "memu.db"));
        if (key is { } k)
        {
            builder.UseEncryption(_ => ValueTask.FromResult(Key(k)));
        }

        configure?.Invoke(builder);
        opened.Add(services.BuildServiceProvider());
        return opened[^1];
    }

    /// <summary>Closes every host, so that all is in the files.</summary>
    public async Task CloseAsync()
    {
        foreach (var host in opened)
        {
            await host.DisposeAsync();
        }

        opened.Clear();
    }

    /// <summary>Every file below the data folder with the hash of its bytes, but those of the given folder.</summary>
    public IReadOnlyList<string> Fingerprint(string but = "?") =>
    [
        .. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}{but}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(f => $"{Path.GetRelativePath(Data, f)} {Convert.ToHexString(SHA256.HashData(ReadShared(f)))}"),
    ];

    /// <summary>Where these bytes stand in the data folder.</summary>
    public IReadOnlyList<string> FilesWith(ReadOnlySpan<byte> bytes)
    {
        List<string> files = [];
        foreach (var file in Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories))
        {
            if (ReadShared(file).AsSpan().IndexOf(bytes) >= 0)
            {
                files.Add(file);
            }
        }

        return files;
    }

    /// <summary>Another program at the database.</summary>
    public List<string> Sql(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Data, "memu.db"), Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetString(i))));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
