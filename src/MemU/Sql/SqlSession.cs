using System.Data.Common;

namespace MemU.Sql;

/// <summary>
/// Commands of one space on one connection. Every command gets the scope's three parameters, so that SQL which names a space can only
/// name this one. Not thread-safe.
/// </summary>
internal sealed class SqlSession(DbConnection connection, DbTransaction? transaction, MemoryScope scope)
{
    /// <summary>The condition that every statement carries.</summary>
    public const string InSpace = "tenant_id = @tenant_id AND user_id = @user_id AND agent_id = @agent_id";

    // Every database bounds the number of parameters of a statement; this is far below all of those bounds.
    private const int IdsPerStatement = 500;

    /// <summary>The columns of the scope; parameters are named like them.</summary>
    public static IReadOnlyList<string> ScopeColumns { get; } = ["tenant_id", "user_id", "agent_id"];

    /// <summary>The space.</summary>
    public MemoryScope Scope => scope;

    /// <summary>The condition for a table with an alias.</summary>
    public static string InSpaceOf(string alias) =>
        $"{alias}.tenant_id = @tenant_id AND {alias}.user_id = @user_id AND {alias}.agent_id = @agent_id";

    /// <summary>A command with the scope and these parameters.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        Add(command, "tenant_id", scope.Tenant);
        Add(command, "user_id", scope.User);
        Add(command, "agent_id", scope.Agent);
        foreach (var (name, value) in parameters)
        {
            Add(command, name, value);
        }

        return command;
    }

    /// <summary>A statement to run many times; its values are given in the order of these names.</summary>
    public SqlStatement Prepare(string sql, IReadOnlyList<string> names)
    {
        var command = Command(sql);
        return new SqlStatement(command, [.. names.Select(name => Add(command, name, null))]);
    }

    /// <summary>Runs a statement once and returns the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The number in the first column of the first row; 0 when there is none.</summary>
    public async Task<long> NumberAsync(string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull
            ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>Reads all rows.</summary>
    public async Task<List<T>> ListAsync<T>(
        string sql, (string Name, object? Value)[] parameters, Func<DbDataReader, MemoryScope, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        return await ReadAllAsync(command, read, cancellationToken);
    }

    /// <summary>Reads all rows of a query with <c>IN (@ids)</c>, in as many statements as the number of ids asks for.</summary>
    public async Task<List<T>> ListByIdAsync<T>(
        string sql, IEnumerable<string> ids, Func<DbDataReader, MemoryScope, T> read, CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters)
    {
        var rows = new List<T>();
        foreach (var chunk in ids.Distinct(StringComparer.Ordinal).Chunk(IdsPerStatement))
        {
            var list = string.Join(", ", Enumerable.Range(0, chunk.Length).Select(i => $"@id{i}"));
            await using var command = Command(sql.Replace("@ids", list, StringComparison.Ordinal), parameters);
            for (var i = 0; i < chunk.Length; i++)
            {
                Add(command, $"id{i}", chunk[i]);
            }

            rows.AddRange(await ReadAllAsync(command, read, cancellationToken));
        }

        return rows;
    }

    private async Task<List<T>> ReadAllAsync<T>(DbCommand command, Func<DbDataReader, MemoryScope, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader, scope));
        }

        return rows;
    }

    private static DbParameter Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@" + name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
