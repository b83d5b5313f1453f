-- A login with exactly the rights that Buku Tamu needs, in a database of its own. To be run once by an administrator of
-- the server, with sqlcmd or Management Studio, after the password has been replaced. Then
-- `bukutamu-server check-database` says whether everything is there.

CREATE DATABASE bukutamu;
GO

CREATE LOGIN bukutamu WITH PASSWORD = N'<a long password>';
GO

-- A backup sees the whole school as of one moment, and nobody at a desk waits for it.
ALTER DATABASE bukutamu SET ALLOW_SNAPSHOT_ISOLATION ON;
GO

USE bukutamu;
GO

CREATE USER bukutamu FOR LOGIN bukutamu WITH DEFAULT_SCHEMA = dbo;

-- Daily work. The schema `sistem` is made by this user and is its own.
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO bukutamu;

-- Making the tables, and bringing them up to date with a new version of the program. An administrator who does not
-- want to leave these granted may revoke them once the program has started, and grant them again before an update.
GRANT CREATE TABLE, CREATE VIEW, CREATE SCHEMA TO bukutamu;
GRANT ALTER, REFERENCES ON SCHEMA::dbo TO bukutamu;
GO
