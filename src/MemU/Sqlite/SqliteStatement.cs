using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using MemU.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>
/// A statement that is run by SQLite itself: a commit runs a dozen short ones, and ADO.NET costs more around each than SQLite needs for it. Rows are
/// read by ADO.NET.
/// </summary>
internal sealed class SqliteStatement(SqlChannel channel, string sql, IReadOnlyList<string> names)
    : SqlStatement(channel, sql, SqlSession.ScopeColumns.Count + names.Count)
{
    // Equals no value.
    private static readonly object NotBound = new();

    private readonly SqliteConnection connection = (SqliteConnection)channel.Connection;
    private readonly string[] parameters = [.. SqlSession.ScopeColumns.Concat(names).Select(n => "@" + n)];
    private SqliteTransaction? transaction;
    private SqliteCommand? command;
    private sqlite3_stmt? compiled;
    private int[] places = [];
    private object?[] bound = [];

    // A transaction for writing is SQLite's own affair, of which ADO.NET knows nothing.
    public override void Begin(DbTransaction? transaction) => this.transaction = transaction as SqliteTransaction;

    public override Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var statement = Bind();
        try
        {
            Check(Finish(statement, raw.sqlite3_step(statement)));
            return Task.FromResult(raw.sqlite3_changes(connection.Handle));
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public override Task<bool> ReadNumbersAsync(long[] numbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var statement = Bind();
        try
        {
            var result = StepPatiently(statement);
            var found = result == raw.SQLITE_ROW;
            for (var i = 0; found && i < numbers.Length; i++)
            {
                numbers[i] = raw.sqlite3_column_int64(statement, i);
            }

            Check(Finish(statement, result));
            return Task.FromResult(found);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public override Task ReadTextsAsync(int columns, Action<string?[]> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var statement = Bind();
        try
        {
            var row = new string?[columns];
            var result = StepPatiently(statement);
            for (; result == raw.SQLITE_ROW; result = raw.sqlite3_step(statement))
            {
                for (var i = 0; i < columns; i++)
                {
                    row[i] = raw.sqlite3_column_text(statement, i).utf8_to_string();
                }

                read(row);
            }

            Check(result);
            return Task.CompletedTask;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public override async Task<DbDataReader> ReadAsync(CancellationToken cancellationToken)
    {
        if (command is null)
        {
            command = connection.CreateCommand();
            command.CommandText = Sql;
            foreach (var name in parameters)
            {
                command.Parameters.Add(new SqliteParameter(name, null));
            }
        }

        command.Transaction = transaction;
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = Values[i] ?? DBNull.Value;
        }

        return await command.ExecuteReaderAsync(cancellationToken);
    }

    public override void Close()
    {
        command?.Dispose();
        compiled?.Dispose();
    }

    private static int Finish(sqlite3_stmt statement, int result)
    {
        while (result == raw.SQLITE_ROW)
        {
            result = raw.sqlite3_step(statement);
        }

        return result;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        }
    }

    // Outside a transaction a reader may come while another process closes the file or recovers the log. Each try waits by itself.
    private int StepPatiently(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        for (var start = Stopwatch.GetTimestamp();
            result == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(start).TotalSeconds < connection.DefaultTimeout;
            result = raw.sqlite3_step(statement))
        {
            raw.sqlite3_reset(statement);
            Thread.Yield();
        }

        return result;
    }

    private sqlite3_stmt Bind()
    {
        var statement = compiled ??= Compile();
        for (var i = 0; i < places.Length; i++)
        {
            // A value stays bound. Those of the space, and much else, are the same from row to row.
            if (places[i] != 0 && !IsBound(i))
            {
                bound[i] = NotBound;
                Bind(statement, places[i], Values[i]);
                bound[i] = Values[i];
            }
        }

        return statement;
    }

    private bool IsBound(int parameter) => (Values[parameter], bound[parameter]) switch
    {
        (null, null) => true,
        (string now, string before) => now == before,
        (long now, long before) => now == before,
        (int now, int before) => now == before,
        _ => false,
    };

    private sqlite3_stmt Compile()
    {
        var result = raw.sqlite3_prepare_v3(connection.Handle, Sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        }

        places = Array.ConvertAll(parameters, name => raw.sqlite3_bind_parameter_index(statement, name));
        bound = [.. Enumerable.Repeat(NotBound, places.Length)];
        return statement;
    }

    private void Bind(sqlite3_stmt statement, int place, object? value)
    {
        var result = value switch
        {
            null or DBNull => raw.sqlite3_bind_null(statement, place),
            string { Length: 0 } => raw.sqlite3_bind_text(statement, place, ""),
            string text => BindText(statement, place, text),
            long number => raw.sqlite3_bind_int64(statement, place, number),
            int number => raw.sqlite3_bind_int64(statement, place, number),
            double number => raw.sqlite3_bind_double(statement, place, number),
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, place, 0),
            byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
            ReadOnlyMemory<float> { IsEmpty: false } numbers => raw.sqlite3_bind_blob(statement, place, MemoryMarshal.AsBytes(numbers.Span)),
            _ => throw new InvalidOperationException($"A value of type {value.GetType().Name} has no place in SQLite."),
        };
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        }
    }

    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        const int Short = 512;
        if (text.Length <= Short / 3)
        {
            Span<byte> bytes = stackalloc byte[Short];
            return raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return raw.sqlite3_bind_text(statement, place, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }
}
