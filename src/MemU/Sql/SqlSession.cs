using System.Data.Common;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// Commands of one space on one connection. Every command gets the scope's three parameters, so that SQL which names a space can only
/// name this one. Not thread-safe.
/// </summary>
internal sealed class SqlSession(SqlChannel channel, DbTransaction? transaction, MemoryScope scope)
{
    /// <summary>The condition that every statement carries.</summary>
    public const string InSpace = "tenant_id = @tenant_id AND user_id = @user_id AND agent_id = @agent_id";

    // Every database bounds the number of parameters of a statement; this is far below all of those bounds. Parameters are found by name, one after the other: many
    // statements of a hundred cost less than a few of five hundred.
    private const int IdsPerStatement = 100;

    /// <summary>The columns of the scope; parameters are named like them.</summary>
    public static IReadOnlyList<string> ScopeColumns { get; } = ["tenant_id", "user_id", "agent_id"];

    /// <summary>The space.</summary>
    public MemoryScope Scope => scope;

    /// <summary>How the space's vectors become what is stored.</summary>
    public IVectorSeal Seal { get; init; } = PlainVectors.Instance;

    /// <summary>The condition for a table with an alias.</summary>
    public static string InSpaceOf(string alias) =>
        $"{alias}.tenant_id = @tenant_id AND {alias}.user_id = @user_id AND {alias}.agent_id = @agent_id";

    /// <summary>A statement with the scope and these parameters, to be given back.</summary>
    public SqlStatement Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var names = new string[parameters.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = parameters[i].Name;
        }

        var statement = Prepare(sql, names);
        for (var i = 0; i < names.Length; i++)
        {
            statement.Set(ScopeColumns.Count + i, parameters[i].Value);
        }

        return statement;
    }

    /// <summary>A statement to run many times; its values are given in the order of these names.</summary>
    public SqlStatement Prepare(string sql, IReadOnlyList<string> names)
    {
        var statement = channel.Take(sql, transaction, names);
        statement.Set(0, scope.Tenant);
        statement.Set(1, scope.User);
        statement.Set(2, scope.Agent);
        return statement;
    }

    /// <summary>Runs a statement once and returns the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        await using var statement = Command(sql, parameters);
        return await statement.ExecuteAsync(cancellationToken);
    }

    /// <summary>The number in the first column of the first row; 0 when there is none.</summary>
    public async Task<long> NumberAsync(string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        await using var statement = Command(sql, parameters);
        var number = new long[1];
        return await statement.ReadNumbersAsync(number, cancellationToken) ? number[0] : 0;
    }

    /// <summary>Reads all rows.</summary>
    public async Task<List<T>> ListAsync<T>(
        string sql, (string Name, object? Value)[] parameters, Func<DbDataReader, MemoryScope, T> read, CancellationToken cancellationToken)
    {
        await using var statement = Command(sql, parameters);
        return await ReadAllAsync(statement, read, cancellationToken);
    }

    /// <summary>Reads all rows of a query with <c>IN (@ids)</c>, in as many statements as the number of ids asks for.</summary>
    public async Task<List<T>> ListByIdAsync<T>(
        string sql, IEnumerable<string> ids, Func<DbDataReader, MemoryScope, T> read, CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters)
    {
        var rows = new List<T>();
        foreach (var chunk in ids.Distinct(StringComparer.Ordinal).Chunk(IdsPerStatement))
        {
            var names = Enumerable.Range(0, chunk.Length).Select(i => $"id{i}").ToArray();
            var list = string.Join(", ", names.Select(n => "@" + n));
            await using var statement = Command(
                sql.Replace("@ids", list, StringComparison.Ordinal), [.. parameters, .. names.Zip(chunk, (name, id) => (name, (object?)id))]);
            rows.AddRange(await ReadAllAsync(statement, read, cancellationToken));
        }

        return rows;
    }

    private async Task<List<T>> ReadAllAsync<T>(SqlStatement statement, Func<DbDataReader, MemoryScope, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await statement.ReadAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader, scope));
        }

        return rows;
    }
}
